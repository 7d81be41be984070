// `escalations:` and `reminders:`.
#include <algorithm>

#include "config/load_parts.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t shortest_chain = 2;
constexpr std::size_t longest_chain = 5;

class ChainReader {
  public:
    ChainReader(const Section& section, const std::vector<DestinationSettings>& destinations,
                LoadContext& context)
        : section_(section), destinations_(destinations), context_(context) {}

    EscalationChain read() {
        EscalationChain chain;
        chain.destinations = section_.texts("destinations");
        if (const auto severity = severity_of(section_.text("minimum_severity")))
            chain.minimum_severity = *severity;
        chain.undelivered_after = section_.duration("undelivered_after");
        chain.unacknowledged_after = section_.duration("unacknowledged_after");
        chain.tenants = section_.texts("tenants");
        if (section_.has("tenants") && section_.node().find("tenants")->is_list() && chain.tenants.empty())
            context_.error(section_.line_of("tenants"), "`tenants` is empty: leave it out for all tenants");
        if (section_.has("destinations") && section_.node().find("destinations")->is_list()) check(chain);
        return chain;
    }

  private:
    void check(const EscalationChain& chain) {
        const std::size_t length = chain.destinations.size();
        if (length < shortest_chain || length > longest_chain) {
            wrong("`destinations` names " + std::to_string(length) +
                  "; a chain has two to five, of which the first is told by itself");
        }
        for (auto one = chain.destinations.begin(); one != chain.destinations.end(); ++one) {
            check_name(*one);
            if (std::find(chain.destinations.begin(), one, *one) != one)
                wrong("`destinations` names " + in_ticks(*one) + " twice");
        }
        if (length > 0) check_first(chain);
    }

    void check_name(const std::string& name) {
        if (settings_of(name) != nullptr) return;
        std::vector<std::string> known;
        for (const DestinationSettings& one : destinations_)
            known.push_back(one.name);
        const std::string near = nearest(name, known);
        wrong("`destinations` names " + in_ticks(name) + ", which is no destination above" +
              (near.empty() ? "" : "; did you mean `" + near + "`?"));
    }

    // A chain that never starts would look like one that works.
    void check_first(const EscalationChain& chain) {
        const DestinationSettings* first = settings_of(chain.destinations.front());
        if (first == nullptr) return;
        if (first->escalations_only) {
            wrong("`destinations` begins with `" + first->name +
                  "`, which is told nothing by itself (`escalations_only`): the chain would never start");
        } else if (first->minimum_severity > chain.minimum_severity) {
            context_.error(section_.line_of("minimum_severity"),
                           "`minimum_severity` is below that of `" + first->name +
                               "`, which is told of no such alert: the chain would not start for it");
        }
    }

    [[nodiscard]] const DestinationSettings* settings_of(const std::string& name) const {
        const auto found = std::find_if(destinations_.begin(), destinations_.end(),
                                        [&](const DestinationSettings& one) { return one.name == name; });
        return found == destinations_.end() ? nullptr : &*found;
    }

    void wrong(std::string message) { context_.error(section_.line_of("destinations"), std::move(message)); }

    static std::string in_ticks(std::string_view text) {
        return "`" + for_terminal(cut_utf8(text, 40)) + "`";
    }

    const Section& section_;
    const std::vector<DestinationSettings>& destinations_;
    LoadContext& context_;
};

bool leads_to(const std::vector<EscalationChain>& chains, const std::string& name) {
    return std::any_of(chains.begin(), chains.end(), [&](const EscalationChain& chain) {
        const auto found = std::find(chain.destinations.begin(), chain.destinations.end(), name);
        return found != chain.destinations.end() && found != chain.destinations.begin();
    });
}

}  // namespace

std::vector<EscalationChain> read_escalations(const Section& root,
                                              const std::vector<DestinationSettings>& destinations,
                                              LoadContext& context) {
    std::vector<EscalationChain> chains;
    for (const Section& section : root.sections("escalations"))
        chains.push_back(ChainReader{section, destinations, context}.read());
    for (const Section& section : root.sections("destinations")) {
        if (!section.flag("escalations_only") || leads_to(chains, section.text("name"))) continue;
        context.error(section.line_of("escalations_only"),
                      "`escalations_only`: no chain of `escalations` leads to `" +
                          for_terminal(cut_utf8(section.text("name"), 40)) +
                          "`, so it would be told nothing");
    }
    return chains;
}

ReminderPolicy read_reminders(const Section& reminders) {
    ReminderPolicy policy;
    policy.interval = reminders.duration("interval");
    policy.most = reminders.number("most");
    if (const auto severity = severity_of(reminders.text("minimum_severity")))
        policy.minimum_severity = *severity;
    return policy;
}

}  // namespace entrawatch
