#include "core/store/prune_receipt.hpp"

namespace entrawatch {

std::string prune_statement(std::string_view tenant, const PruneReceipt& receipt) {
    std::string text = "entrawatch prune receipt\n";
    const auto line = [&text](std::string_view name, std::string_view value) {
        text.append(name).append(" ").append(value).append("\n");
    };
    line("tenant", tenant);
    line("number", std::to_string(receipt.number));
    line("at", to_iso(receipt.at));
    line("reason", receipt.reason);
    line("because", receipt.because);
    line("events", std::to_string(receipt.events));
    line("revisions", std::to_string(receipt.revisions));
    line("rejections", std::to_string(receipt.rejections));
    line("alert_events", std::to_string(receipt.alert_events));
    line("first", to_iso(receipt.first_at) + " " + receipt.first_id);
    line("last", to_iso(receipt.last_at) + " " + receipt.last_id);
    line("sha256", to_hex(as_bytes(receipt.sha256)));
    return text.append(receipt.rows);
}

}  // namespace entrawatch
