#include "tests/simulator/tenant.hpp"

#include <algorithm>
#include <functional>

#include "core/base/digest.hpp"
#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "daemon/http/gzip.hpp"
#include "tests/simulator/cast.hpp"
#include "tests/simulator/directory_reads.hpp"
#include "tests/simulator/list_options.hpp"
#include "tests/simulator/missing_grants.hpp"

namespace entrawatch::simulator {
namespace {

constexpr std::string_view ledger_path = "/_simulator/ledger";
constexpr std::string_view token_suffix = "/oauth2/v2.0/token";
constexpr std::size_t long_token_padding = 12UL * 1024UL;

std::optional<FeedId> asked_feed(const Endpoint& endpoint, const Query& query) {
    const std::string filter = query.option("$filter").value_or("");
    for (const FeedId feed : endpoint.feeds) {
        const std::string_view type = event_type_of(feed);
        if (!type.empty() && filter.find("'" + std::string{type} + "'") != std::string::npos) return feed;
    }
    return endpoint.feeds.front();
}

// By whichever of its times.
bool asks_for_at_most(Ticks widest, const Endpoint& endpoint, const std::optional<Filter>& filter) {
    return filter &&
           std::any_of(endpoint.properties.begin(), endpoint.properties.end(), [&](const Property& property) {
               const auto span =
                   property.type == PropertyType::time ? filter->span_of(property.name) : std::nullopt;
               return span && span->length() <= widest;
           });
}

std::string_view bearer_of(const http::Request& request) {
    constexpr std::string_view scheme = "Bearer ";
    const std::string_view header = request.headers.get("authorization");
    return header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view{};
}

std::string without(std::span<const std::string_view> members, const std::string& json) {
    if (members.empty()) return json;
    Document document = Document::parse(json);
    for (const std::string_view member : members)
        document.erase(std::string{member});
    return document.dump();
}

http::Response ok(std::string body, const std::string& request_id) {
    http::Response response;
    response.status = 200;
    response.headers.set("content-type", std::string{json_content_type});
    response.headers.set("request-id", request_id);
    response.headers.set("client-request-id", request_id);
    response.body = std::move(body);
    return response;
}

}  // namespace

// The directory was synchronised long after any test: who wants a stale one says so.
Tenant::Tenant(std::uint64_t seed, TenantOptions options)
    : options_(std::move(options)),
      directory_(make_directory(options_.client_id, "2099-01-01T00:00:00Z")),
      dice_(seed),
      pages_(dice_.next()),
      tokens_(dice_.next()) {}

Result<> Tenant::add(FeedId feed, const Document& document, Instant visible_from) {
    auto record = make_record(feed, document, visible_from);
    if (!record) return fail(std::move(record.error()));
    const auto [place, fresh] = index_.emplace(std::pair{feed, record->id}, records_.size());
    if (!fresh) return fail(ErrorCode::invalid, "the tenant has a record of that id already", record->id);
    records_.push_back(std::move(*record));
    return {};
}

Result<> Tenant::revise(FeedId feed, const std::string& id, const Document& document, Instant visible_from) {
    const auto found = index_.find({feed, id});
    if (found == index_.end()) return fail(ErrorCode::not_found, "the tenant has no such record", id);
    std::vector<Revision>& revisions = records_[found->second].revisions;
    if (visible_from <= revisions.back().visible_from) {
        return fail(ErrorCode::invalid, "a revision must be later than the one before it", id);
    }
    revisions.push_back(make_revision(endpoint_of(feed), document, visible_from));
    return {};
}

Result<> Tenant::misspell(FeedId feed, const std::string& id, std::string octets) {
    const auto found = index_.find({feed, id});
    if (found == index_.end()) return fail(ErrorCode::not_found, "the tenant has no such record", id);
    records_[found->second].revisions.back().json = std::move(octets);
    return {};
}

const Record* Tenant::find(FeedId feed, const std::string& id) const {
    const auto found = index_.find({feed, id});
    return found == index_.end() ? nullptr : &records_[found->second];
}

Registration Tenant::registration() const {
    Registration registration{options_.tenant_id.empty() ? cast().tenant_id : options_.tenant_id,
                              options_.client_id,
                              options_.client_secret,
                              options_.base_url + "/.default",
                              options_.granted,
                              options_.token_life,
                              options_.refuse_tokens_with,
                              {},
                              options_.certificates,
                              options_.federated};
    registration.endpoint = options_.base_url + "/" + registration.tenant_id + std::string{token_suffix};
    return registration;
}

Answer Tenant::answer(const http::Request& request, Instant now) {
    const std::string_view target = request.url.target;
    const std::string_view path = target.substr(0, target.find('?'));
    if (path == ledger_path) return {ok(ledger_body(now), dice_.guid()), Ticks{0}};
    if (path.ends_with(token_suffix)) return {token_answer(request, now), Ticks{0}};
    if (path == machine_identity_path)
        return {answer_of_machine(options_.machine, tokens_, request, registration(), now), Ticks{0}};
    Answer answer = answer_graph(request, dice_.guid(), now);
    const bool wants_gzip = request.headers.get("accept-encoding").find("gzip") != std::string_view::npos;
    if (options_.gzip && wants_gzip && answer.response.status == 200) {
        answer.response.body = http::gzip(answer.response.body);
        answer.response.headers.set("content-encoding", "gzip");
    }
    answer.response.headers.set("date", http_date(now + options_.clock_ahead));
    if (options_.close_connections) answer.response.headers.set("connection", "close");
    return answer;
}

std::optional<GraphError> Tenant::refused_by_chance(const Endpoint& endpoint, FeedId feed) {
    if (endpoint.budget == BudgetGroup::identity_protection && dice_.chance(options_.other_apps))
        return GraphError{429, "TooManyRequests", "Too Many Requests"};
    if (!event_type_of(feed).empty() && dice_.chance(options_.licence_flickers)) return missing_licence(feed);
    return std::nullopt;
}

Answer Tenant::answer_graph(const http::Request& request, const std::string& request_id, Instant now) {
    const auto refused = [&](const GraphError& error) {
        return Answer{error_response(error, request_id, now), {}};
    };
    const std::set<std::string>* roles = tokens_.roles_of(bearer_of(request), now + options_.clock_ahead);
    if (roles == nullptr) {
        return refused(
            {401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired."});
    }
    const auto query = parse_target(request.url.target);
    if (!query) return refused(query.error());
    const bool posted = request.method == "POST";
    auto posted_answer = posted ? directory_answer(*query, request.body, directory_) : std::nullopt;
    if (request.method != "GET" && !posted_answer)
        return refused({405, "BadRequest", "The HTTP method is not supported."});

    const Endpoint* endpoint = find_endpoint(query->path);
    const auto feed = endpoint != nullptr ? asked_feed(*endpoint, *query) : std::nullopt;
    const BudgetGroup group = endpoint != nullptr ? endpoint->budget : directory_budget(query->path);
    const std::string_view permission =
        endpoint != nullptr ? endpoint->permission : directory_permission(query->path);
    if (!limits_.admit(group, now) && options_.enforce_limits) {
        ++refused_by_limit_;
        Answer answer = refused({429, "UnknownError", "Too Many Requests"});
        const bool tells = group == BudgetGroup::reports && !options_.reports_retry_after.empty();
        if (tells) answer.response.headers.set("retry-after", options_.reports_retry_after);
        return answer;
    }
    if (!permission.empty() && !roles->contains(std::string{permission})) {
        return refused(missing_permission(group, permission));
    }
    if (feed && options_.unlicensed.contains(*feed)) return refused(missing_licence(*feed));
    if (feed) {
        if (const auto chance = refused_by_chance(*endpoint, *feed)) return refused(*chance);
    }
    const auto fault = fault_for(feed);
    auto body = posted_answer ? std::move(*posted_answer) : body_for(*query, feed, now);
    if (!body && !fault) return refused(body.error());
    http::Response good = ok(body ? std::move(*body) : std::string{}, request_id);
    if (fault) return {faulty(*fault, std::move(good), request_id, now), fault->delay};
    const bool slow =
        endpoint != nullptr && endpoint->budget == BudgetGroup::reports && event_type_of(*feed) != "";
    return {std::move(good), slow ? options_.sign_in_delay : Ticks{0}};
}

OrGraphError<std::string> Tenant::body_for(const Query& query, std::optional<FeedId> feed, Instant now) {
    if (const Endpoint* endpoint = find_endpoint(query.path)) {
        auto body = list(*endpoint, query, now);
        if (body && feed) ++pages_served_[*feed];
        return body;
    }
    if (auto body = directory_body(query, directory_, options_.base_url)) {
        if (*body) ++directory_reads_served_;
        return std::move(*body);
    }
    return refuse(404, "BadRequest", "Resource not found for the segment '" + query.path + "'.");
}

OrGraphError<std::string> Tenant::list(const Endpoint& endpoint, const Query& query, Instant now) {
    const auto token = query.option("$skiptoken");
    const auto page =
        token ? pages_.resume(*token, options_.skip_token_life, now) : first_page(endpoint, query, now);
    if (!page) return tl::make_unexpected(page.error());
    const std::string_view version = endpoint.path.substr(0, endpoint.path.find('/', 1));
    std::string body = R"({"@odata.context":")" + options_.base_url + std::string{version} + "/$metadata#" +
                       std::string{endpoint.path.substr(version.size() + 1)} + '"';
    if (!page->next_token.empty()) {
        body += R"(,"@odata.nextLink":)" + Document(next_link(endpoint, query, page->next_token)).dump();
    }
    body += R"(,"value":[)";
    for (std::size_t i = 0; i < page->rows.size(); ++i) {
        if (i > 0) body += ',';
        body += page->rows[i];
    }
    return body + "]}";
}

OrGraphError<PageOfRows> Tenant::first_page(const Endpoint& endpoint, const Query& query, Instant now) {
    auto asked = parse_list_options(endpoint, query);
    if (!asked) return tl::make_unexpected(std::move(asked.error()));
    if (endpoint.snapshot &&
        !(asked->filter && asked->filter->names("scopeId") && asked->filter->names("scopeType")))
        return refuse(400, std::string{missing_provider}, "The provider is missing.");
    if (options_.widest_window && !endpoint.snapshot &&
        !asks_for_at_most(*options_.widest_window, endpoint, asked->filter)) {
        return refuse(504, "UnknownError", "");
    }
    const std::size_t rows_on_page =
        options_.largest_page == 0 ? asked->page_size : std::min(asked->page_size, options_.largest_page);
    const PageShape shape{rows_on_page, options_.shrink_pages, options_.empty_pages,
                          options_.long_links ? long_token_padding : 0};
    return pages_.open(rows(endpoint, asked->filter, asked->ascending, now), shape, now);
}

std::vector<std::string> Tenant::rows(const Endpoint& endpoint, const std::optional<Filter>& filter,
                                      bool ascending, Instant now) const {
    struct Hit {
        Instant time;
        std::uint64_t shuffle;
        const Revision* shown;
        const Record* record;
    };
    std::vector<Hit> hits;
    const bool interactive_only = endpoint.feeds.size() > 1 && !(filter && filter->names("signInEventTypes"));
    for (const Record& record : records_) {
        const bool listed =
            std::find(endpoint.feeds.begin(), endpoint.feeds.end(), record.feed) != endpoint.feeds.end();
        const bool forgotten = !endpoint.snapshot && record.event_time < now - options_.retention;
        if (!listed || forgotten) continue;
        if (interactive_only && record.feed != FeedId::sign_ins_interactive) continue;
        const Revision* revision = shown_at(record, now);
        if (revision == nullptr || (filter && !filter->matches(revision->properties))) continue;
        const bool shuffled = endpoint.shuffled || options_.shuffle_rows;
        hits.push_back({record.event_time, shuffled ? stable_hash(record.id) : 0, revision, &record});
    }
    std::stable_sort(hits.begin(), hits.end(), [&](const Hit& left, const Hit& right) {
        if (left.shuffle != right.shuffle) return left.shuffle < right.shuffle;
        return ascending ? left.time < right.time : left.time > right.time;
    });
    std::vector<std::string> texts;
    texts.reserve(hits.size());
    for (const Hit& hit : hits) {
        texts.push_back(without(endpoint.withheld, hit.shown->json));
        if (options_.repeat_rows && stable_hash(hit.record->id) % 3 == 0) texts.push_back(texts.back());
    }
    // A server that lags behind shows what the row was before; only where a row says when it was updated can
    // a collector tell.
    const bool lagging = options_.repeat_rows && endpoint.budget == BudgetGroup::identity_protection;
    for (const Hit& hit : hits) {
        const Revision* first = hit.record->revisions.data();
        if (lagging && hit.shown->properties.times != first->properties.times)
            texts.push_back(without(endpoint.withheld, first->json));
    }
    return texts;
}

std::vector<LedgerEntry> Tenant::ledger(Instant now) const {
    std::vector<LedgerEntry> entries;
    for (const Record& record : records_) {
        const Revision* newest = shown_at(record, now);
        if (newest == nullptr) continue;
        const auto visible = newest - record.revisions.data() + 1;
        Instant from = record.revisions.front().visible_from;
        if (options_.stalled && from > options_.stalled->from && from < options_.stalled->to)
            from = options_.stalled->to;
        entries.push_back({record.feed, record.id, to_hex(as_bytes(sha256(newest->json))), record.event_time,
                           from, static_cast<int>(visible)});
    }
    return entries;
}

std::string Tenant::ledger_body(Instant now) const {
    Document records = Document::array();
    for (const LedgerEntry& entry : ledger(now)) {
        records.push_back({{"feed", static_cast<int>(entry.feed)},
                           {"endpoint", endpoint_of(entry.feed).path},
                           {"id", entry.id},
                           {"sha256", entry.sha256},
                           {"event_time", to_iso(entry.event_time)},
                           {"visible_from", to_iso(entry.visible_from)},
                           {"revisions", entry.revisions}});
    }
    return Document{{"at", to_iso(now)}, {"records", std::move(records)}}.dump();
}

int Tenant::pages_served(FeedId feed) const {
    const auto found = pages_served_.find(feed);
    return found == pages_served_.end() ? 0 : found->second;
}

}  // namespace entrawatch::simulator
