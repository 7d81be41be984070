#include "tests/bench/large_store.hpp"

#include <cstdio>
#include <utility>
#include <vector>

#include "core/event/normalize.hpp"
#include "core/feed/page.hpp"
#include "tests/bench/full_records.hpp"
#include "tests/bench/product.hpp"
#include "tests/bench/traffic.hpp"
#include "tests/support/records.hpp"
#include "tests/support/temp_store.hpp"

namespace entrawatch::bench {
namespace {

using simulator::Dice;
using test::must;

constexpr std::int64_t template_count = 20'000;
constexpr std::int64_t events_a_transaction = 999;  // a page
constexpr std::int64_t role_change_every = 2'000;
constexpr std::int64_t rare_every = 5'000;
constexpr double new_address_share = 0.05;  // homes and telephones: a string that hardly repeats
constexpr std::string_view rare_words = "needle-in-the-haystack";

struct Template {
    Event event;
    std::string raw;
    std::string time;  // as it stands in the octets
};

Template template_of(FeedId feed, std::string_view raw, std::string_view time_member) {
    JsonReader reader;
    const Json json = must(reader.parse(raw));
    return {must(normalize(feed_of(feed), json)), std::string{raw}, std::string{text_of(json, time_member)}};
}

std::vector<Template> make_templates() {
    const Traffic traffic =
        make_traffic({21, template_count, 0, {at("2026-11-21T02:00:00Z"), at("2026-11-21T20:00:00Z")}});
    std::vector<Template> templates;
    for (const TrafficPage& page : traffic.pages) {
        const Page split = must(split_page(page.body));
        for (const std::string_view raw : split.records)
            templates.push_back(template_of(page.feed, raw, feed_of(page.feed).event_time));
    }
    // Pages are of one feed; a store meets them mixed.
    Dice dice{22};
    for (std::size_t i = templates.size(); i > 1; --i)
        std::swap(templates[i - 1], templates[static_cast<std::size_t>(dice.below(i))]);
    return templates;
}

void replace_all(std::string& text, std::string_view old_text, std::string_view new_text) {
    if (old_text.empty()) return;
    for (std::size_t at = text.find(old_text); at != std::string::npos;
         at = text.find(old_text, at + new_text.size()))
        text.replace(at, old_text.size(), new_text);
}

class Filling {
  public:
    Filling(Store& store, LargeStore& made) : store_(store), made_(made), population_(make_population()) {
        role_ = template_of(FeedId::directory_audits, records::role_added().json(), "activityDateTime");
    }

    void put(std::int64_t i, Instant time) {
        const bool is_role_change = i % role_change_every == role_change_every / 2;
        next_ = is_role_change ? role_ : templates_[static_cast<std::size_t>(i % std::ssize(templates_))];
        const std::string id = dice_.guid();
        // Two records in a row are of one request.
        if (i % 2 == 0) correlation_ = dice_.guid();
        replace_all(next_.raw, next_.event.id, id);
        replace_all(next_.raw, next_.event.correlation_id, correlation_);
        replace_all(next_.raw, next_.time, to_iso(time));
        next_.event.id = id;
        next_.event.correlation_id = correlation_;
        next_.event.time = time;
        if (is_role_change) give_role();
        if (!next_.event.actor.ip.empty() && dice_.unit() < new_address_share) move_away();
        if (i % rare_every == 0) {
            next_.raw.insert(next_.raw.size() - 1, R"(,"note":")" + std::string{rare_words} + "\"");
            ++made_.rare;
        }
        must(store_.put_event(next_.event, next_.raw, time + std::chrono::minutes{3}));
        if (i == made_.events / 2) made_.correlation_id = correlation_;
    }

  private:
    void give_role() {
        const simulator::Person& person = skewed(population_.people, dice_);
        replace_all(next_.raw, records::bob_name, person.principal_name);
        for (Entity& entity : next_.event.entities) {
            if (entity.value == records::bob_name) entity.value = person.principal_name;
        }
        next_.event.targets.front().name = person.principal_name;
        ++made_.role_changes;
    }
    void move_away() {
        const std::string address = "2001:db8:" + dice_.hex(4) + ":" + dice_.hex(4) + "::" + dice_.hex(4);
        replace_all(next_.raw, next_.event.actor.ip, address);
        for (Entity& entity : next_.event.entities) {
            if (entity.role == "ip") entity.value = address;
        }
        next_.event.actor.ip = address;
    }

    Store& store_;
    LargeStore& made_;
    Population population_;
    std::vector<Template> templates_ = make_templates();
    Template role_, next_;
    std::string correlation_;
    Dice dice_{23};
};

}  // namespace

LargeStore make_large_store(const std::filesystem::path& file, std::int64_t events) {
    const Population population = make_population();
    LargeStore made;
    made.span = {at("2025-10-17T00:00:00Z"), at("2026-11-21T00:00:00Z")};
    made.person = population.people.at(20).principal_name;
    made.application = population.applications.at(10).name;
    made.role = "Global Administrator";
    made.address = population.places.at(20).ip;
    made.network = "198.51.100.64/28";
    made.rare_text = rare_words;
    made.events = events;
    Store store = open_store(file);
    Filling filling{store, made};
    const Ticks step = made.span.length() / std::max<std::int64_t>(1, events);
    for (std::int64_t i = 0; i < events;) {
        auto transaction = must(store.begin());
        for (const std::int64_t end = std::min(events, i + events_a_transaction); i < end; ++i)
            filling.put(i, made.span.from + i * step);
        must(transaction.commit());
        if (i % (100 * events_a_transaction) == 0)
            std::fprintf(stderr, "\r%lld events", static_cast<long long>(i));
    }
    std::fprintf(stderr, "\r                    \r");
    return made;
}

}  // namespace entrawatch::bench
