#include "daemon/directory_lists.hpp"

#include <algorithm>

#include "core/base/percent.hpp"
#include "core/base/text.hpp"
#include "core/feed/page.hpp"

namespace entrawatch {

namespace asio = boost::asio;

namespace {

constexpr int max_pages = 200;
constexpr std::size_t ids_at_once = 15;  // more values of `in` are refused

// `id in ('…','…')` of the first ids of the set, which are taken out of it.
std::string target_of_some(graph::PrincipalKind kind, std::set<std::string>& ids) {
    std::string filter = "id in (";
    for (std::size_t i = 0; i < ids_at_once && !ids.empty(); ++i) {
        if (i > 0) filter += ',';
        filter += '\'' + *ids.begin() + '\'';
        ids.erase(ids.begin());
    }
    filter += ')';
    return std::string{graph::collection_of(kind)} + "?$filter=" + percent_encoded(filter) +
           "&$select=" + std::string{graph::select_of(kind)};
}

bool is_object_id(std::string_view text) {
    return text.size() == 36 && std::ranges::all_of(text, [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || c == '-';
           });
}

DirectoryAnswer answer_of(const graph::Got& got) {
    DirectoryAnswer answer{got.status, {}, got.judgement.reason};
    if (got.judgement.outcome == graph::Outcome::page) return answer;
    answer.problem = got.judgement.message.empty() ? "no answer" : got.judgement.message;
    return answer;
}

}  // namespace

void add_object_id(std::set<std::string>& ids, std::string id) {
    if (is_object_id(id)) ids.insert(std::move(id));
}

asio::awaitable<DirectoryAnswer> DirectoryLists::get(std::string target, const Take& take) {
    const auto got = co_await tenant_.graph.get_directory(std::move(target));
    DirectoryAnswer answer = answer_of(got);
    if (!answer.problem.empty()) co_return answer;
    JsonReader reader;
    const auto json = reader.parse(got.body);
    answer.problem = json ? "" : json.error().text();
    if (json) take(*json);
    co_return answer;
}

asio::awaitable<DirectoryAnswer> DirectoryLists::list(std::string target, const Take& take) {
    DirectoryAnswer answer;
    for (int pages = 0; pages < max_pages; ++pages) {
        const auto got = co_await tenant_.graph.get_directory(target);
        answer = answer_of(got);
        if (!answer.problem.empty()) co_return answer;
        auto page = split_page(got.body);
        answer.problem = page ? "" : page.error().text();
        if (!page) co_return answer;
        JsonReader reader;
        for (const std::string_view record : page->records) {
            if (const auto json = reader.parse(record)) take(*json);
        }
        target = page->next_link;
        if (target.empty()) co_return answer;
    }
    answer.problem = "the answer has more than " + std::to_string(max_pages) + " pages";
    co_return answer;
}

asio::awaitable<std::string> DirectoryLists::resolve(std::set<std::string> ids, Principals& principals) {
    for (const auto kind :
         {graph::PrincipalKind::user, graph::PrincipalKind::group, graph::PrincipalKind::service_principal}) {
        std::string problem = co_await resolve_as(kind, ids, principals);
        if (!problem.empty()) co_return problem;
    }
    co_return "";
}

asio::awaitable<std::string> DirectoryLists::resolve_as(graph::PrincipalKind kind, std::set<std::string>& ids,
                                                        Principals& principals) {
    std::set<std::string> left = ids;
    const Take take = [&](Json record) {
        auto principal = graph::principal_in(record, kind, tenant_.settings.tenant_id);
        if (!principal) return;
        ids.erase(principal->id);
        principals.insert_or_assign(principal->id, *principal);
    };
    while (!left.empty()) {
        const std::string target = target_of_some(kind, left);
        const DirectoryAnswer answer = co_await list(target, take);
        if (!answer.problem.empty()) co_return answer.problem;
    }
    co_return "";
}

}  // namespace entrawatch
