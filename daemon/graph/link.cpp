#include "daemon/graph/link.hpp"

namespace entrawatch::graph {

Result<http::Url> checked_link(std::string_view link, const std::string& graph_url) {
    const auto root = http::Url::parse(graph_url);
    if (!root) return fail(root.error());
    auto url = http::Url::parse(link.starts_with('/') ? graph_url + std::string{link} : std::string{link});
    if (!url) return fail(url.error().code, "the link is not usable: " + url.error().what, root->origin());
    if (!url->same_origin(*root)) {
        return fail(ErrorCode::refused,
                    "the link leaves the configured Graph host, so it is not followed and no token is sent",
                    root->origin());
    }
    return url;
}

}  // namespace entrawatch::graph
