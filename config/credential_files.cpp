#include "config/credential_files.hpp"

#include <algorithm>

#include "config/files.hpp"
#include "config/load.hpp"
#include "core/base/text.hpp"

namespace entrawatch {
namespace {

constexpr std::size_t largest_certificate_file = 64UL * 1024;

// What was wrong with a text, with the file it came from.
tl::unexpected<Error> in_file(Error error, const std::filesystem::path& file) {
    error.where = file.string();
    return fail(std::move(error));
}

// To the second; fractions say nothing to a person.
std::string second_of(Instant time) {
    return to_iso(std::chrono::floor<std::chrono::seconds>(time));
}

Result<> belong_together(const Certificate& certificate, const PrivateKey& key,
                         const CertificateAndKey& files) {
    if (certificate.belongs_to(key)) return {};
    return fail(ErrorCode::invalid,
                "is not the key of the certificate in " + files.certificate_file.string() +
                    ": name the two that were made together",
                files.key_file.string());
}

bool is_token_character(char c) {
    return is_ascii_alphanumeric(c) || c == '-' || c == '_' || c == '.';
}

}  // namespace

Result<Certificate> read_certificate_file(const std::filesystem::path& file) {
    const auto text = read_small_file(file, largest_certificate_file);
    if (!text) return fail(text.error());
    auto certificate = Certificate::parse(*text);
    if (!certificate) return in_file(certificate.error(), file);
    return certificate;
}

Result<CertificatePair> read_certificate(const CertificateAndKey& files) {
    auto certificate = read_certificate_file(files.certificate_file);
    if (!certificate) return fail(certificate.error());
    const auto key_text = read_secret(files.key_file);
    if (!key_text) return fail(key_text.error());
    auto key = RsaKey::parse(key_text->reveal());
    if (!key) return in_file(key.error(), files.key_file);
    if (auto fits = belong_together(*certificate, *key, files); !fits) return fail(fits.error());
    return CertificatePair{std::move(*certificate), std::move(*key)};
}

Result<> check_client_certificate(const CertificateAndKey& files) {
    if (auto readable = check_certificates(files.certificate_file); !readable) return readable;
    const auto certificate = read_certificate_file(files.certificate_file);
    if (!certificate) return fail(certificate.error());
    const auto key_text = read_secret(files.key_file);
    if (!key_text) return fail(key_text.error());
    const auto key = PrivateKey::parse(key_text->reveal());
    if (!key) return in_file(key.error(), files.key_file);
    return belong_together(*certificate, *key, files);
}

Result<> check_validity(const Certificate& certificate, Instant now,
                        const std::filesystem::path& certificate_file) {
    if (now > certificate.not_after()) {
        return fail(ErrorCode::refused,
                    "the certificate expired at " + second_of(certificate.not_after()) +
                        ": make a new one, upload it to the app registration and put it here with its key",
                    certificate_file.string());
    }
    if (now < certificate.not_before()) {
        return fail(ErrorCode::refused,
                    "the certificate is not valid before " + second_of(certificate.not_before()) +
                        ": set this machine's clock, or wait",
                    certificate_file.string());
    }
    return {};
}

Result<Secret> read_federated_token(const FederatedToken& token) {
    const auto text = read_secret(token.file);
    if (!text) return fail(text.error());
    const std::string_view value = trim(text->reveal());
    const bool three_parts = std::count(value.begin(), value.end(), '.') == 2;
    if (!three_parts || !std::all_of(value.begin(), value.end(), is_token_character)) {
        return fail(ErrorCode::invalid,
                    "holds no token: three parts of letters, digits, - and _ with dots between them",
                    token.file.string());
    }
    return Secret{std::string{value}};
}

}  // namespace entrawatch
