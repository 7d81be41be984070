#include "daemon/redactor.hpp"

#include <gtest/gtest.h>

#include "config/load.hpp"
#include "core/base/digest.hpp"
#include "tests/config/settings_folder.hpp"

namespace entrawatch {
namespace {

TEST(Redactor, TakesOutEveryForm) {
    Redactor redactor;
    redactor.add("s3cr~et+value&%");
    EXPECT_EQ(redactor.redact("plain s3cr~et+value&% end"), "plain [redacted] end");
    EXPECT_EQ(redactor.redact("form client_secret=s3cr~et%2Bvalue%26%25&x"),
              "form client_secret=[redacted]&x");
    EXPECT_EQ(redactor.redact("basic " + to_base64("s3cr~et+value&%")), "basic [redacted]");
}

TEST(Redactor, TakesOutEveryOccurrence) {
    Redactor redactor;
    redactor.add("canary");
    EXPECT_EQ(redactor.redact("canarycanary canary"), "[redacted][redacted] [redacted]");
}

TEST(Redactor, TakesTheLongerSecretFirst) {
    Redactor redactor;
    redactor.add("https://hooks.example");
    redactor.add("https://hooks.example/T0/secret-path");
    EXPECT_EQ(redactor.redact("POST https://hooks.example/T0/secret-path"), "POST [redacted]");
}

TEST(Redactor, KnowsASecretAsUrlsAndAsFormsWriteIt) {
    Redactor redactor;
    redactor.add("abc8Q~def+ghi");
    EXPECT_EQ(redactor.redact("x=abc8Q~def%2Bghi&y"), "x=[redacted]&y");
    EXPECT_EQ(redactor.redact("x=abc8Q%7Edef%2Bghi&y"), "x=[redacted]&y");
}

TEST(Redactor, LeavesOrdinaryWordsAlone) {
    Redactor redactor;
    redactor.add("soc");
    redactor.add("");
    EXPECT_EQ(redactor.redact("the soc was told"), "the soc was told");
}

TEST(Redactor, KnowsEverySecretOfTheSettings) {
    const SettingsFolder folder;
    folder.write("duty.key", "routing-key-0123456789");
    folder.write("desk.password", "pass word");
    folder.write("far.credentials", "scanner:far away");
    const LoadedSettings loaded = parse_settings(R"(tenants:
  - name: contoso
    tenant_id: 11111111-2222-3333-4444-555555555555
    client_id: 66666666-7777-8888-9999-000000000000
    credential: { secret_file: good.secret }
destinations:
  - { name: chat, type: slack, url_file: good.url }
  - { name: duty, type: pagerduty, routing_key_file: duty.key }
  - { name: desk, type: servicenow, url: "https://contoso.service-now.example", username: watcher, password_file: desk.password }
  - { name: far, type: slack, url_file: good.url, proxy: "https://far.example:1", proxy_credentials_file: far.credentials }
proxy: { url: "https://proxy.example:3128", credentials_file: proxy.credentials }
)",
                                                 folder.settings_file(), {});
    ASSERT_TRUE(loaded.settings);
    Redactor redactor;
    redactor.add_all(*loaded.settings);
    EXPECT_EQ(redactor.redact("key routing-key-0123456789 is bad"), "key [redacted] is bad");
    EXPECT_EQ(redactor.redact("at /services/CANARY"), "at [redacted]");
    EXPECT_EQ(redactor.redact("Basic " + to_base64("watcher:pass word")), "Basic [redacted]");
    EXPECT_EQ(redactor.redact("no user scanner with CANARY-password"), "no user scanner with [redacted]");
    EXPECT_EQ(redactor.redact("Basic " + to_base64("scanner:far away")), "Basic [redacted]");
    const std::string shown = "connecting to https://contoso.service-now.example";
    EXPECT_EQ(redactor.redact(shown), shown) << "where a service stands is no secret";
}

TEST(Redactor, KnowsTheFilesOfEveryCredential) {
    const SettingsFolder folder;
    Redactor redactor;
    redactor.add_credential(CertificateAndKey{folder.path() / "app.crt", folder.path() / "app.key"});
    redactor.add_credential(FederatedToken{folder.path() / "good.token"});
    redactor.add_credential(ManagedIdentity{});
    const std::string pem = text_of_file(folder.path() / "app.key");
    const std::string line = pem.substr(pem.find('\n') + 1, 64);
    EXPECT_EQ(redactor.redact("read " + line), "read [redacted]");
    EXPECT_EQ(redactor.redact("sent eyJhbGciOiJSUzI1NiJ9.Q0FOQVJZ.c2lnbmF0dXJl"), "sent [redacted]");
    EXPECT_EQ(redactor.redact("-----BEGIN PRIVATE KEY-----"), "-----BEGIN PRIVATE KEY-----");
}

}  // namespace
}  // namespace entrawatch
