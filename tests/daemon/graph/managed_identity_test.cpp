#include "daemon/graph/managed_identity.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/config/settings_folder.hpp"

namespace entrawatch::graph {
namespace {

using ::testing::HasSubstr;

constexpr const char* resource = "https://graph.microsoft.com";

std::string asked(const AzureEnvironment& environment, const ManagedIdentity& identity) {
    const auto request = identity_request(environment, identity, resource);
    return request ? request->url.origin() + request->url.target : "error: " + request.error().text();
}

AzureEnvironment on_arc() {
    AzureEnvironment arc;
    arc.identity_endpoint = "http://localhost:40342/metadata/identity/oauth2/token";
    arc.imds_endpoint = "http://localhost:40342";
    return arc;
}

TEST(ManagedIdentity, AsksTheMetadataServiceOfAVirtualMachine) {
    EXPECT_EQ(asked({}, {}),
              "http://169.254.169.254:80/metadata/identity/oauth2/token?api-version=2018-02-01"
              "&resource=https%3A%2F%2Fgraph.microsoft.com");
    const auto request = identity_request({}, {}, resource);
    EXPECT_EQ(request->method, "GET");
    EXPECT_EQ(request->headers.get("Metadata"), "true");
    AzureEnvironment elsewhere;
    elsewhere.pod_identity_host = "http://127.0.0.1:8000/";
    EXPECT_THAT(asked(elsewhere, {}), testing::StartsWith("http://127.0.0.1:8000/metadata/identity/oauth2/"));
}

TEST(ManagedIdentity, NamesOneOfSeveralIdentities) {
    EXPECT_THAT(asked({}, {.client_id = "c", .object_id = {}, .resource_id = {}}), HasSubstr("&client_id=c"));
    EXPECT_THAT(asked({}, {.client_id = {}, .object_id = "o", .resource_id = {}}), HasSubstr("&object_id=o"));
    EXPECT_THAT(asked({}, {.client_id = {}, .object_id = {}, .resource_id = "/subscriptions/s&x"}),
                HasSubstr("&msi_res_id=%2Fsubscriptions%2Fs%26x"));
}

TEST(ManagedIdentity, AsksAppServiceWithItsHeader) {
    AzureEnvironment app;
    app.identity_endpoint = "http://127.0.0.1:41741/msi/token";
    app.identity_header = "header-secret";
    EXPECT_EQ(asked(app, {.client_id = {}, .object_id = {}, .resource_id = "r"}),
              "http://127.0.0.1:41741/msi/token?api-version=2019-08-01"
              "&resource=https%3A%2F%2Fgraph.microsoft.com&mi_res_id=r");
    EXPECT_EQ(identity_request(app, {}, resource)->headers.get("X-IDENTITY-HEADER"), "header-secret");
}

TEST(ManagedIdentity, AsksTheAgentOfArc) {
    EXPECT_EQ(asked(on_arc(), {}),
              "http://localhost:40342/metadata/identity/oauth2/token?api-version=2020-06-01"
              "&resource=https%3A%2F%2Fgraph.microsoft.com");
    EXPECT_THAT(asked(on_arc(), {.client_id = "c", .object_id = {}, .resource_id = {}}),
                HasSubstr("without an id"));
}

TEST(ManagedIdentity, SaysWhichVariableHoldsNoUrl) {
    AzureEnvironment broken;
    broken.pod_identity_host = "imds";
    EXPECT_THAT(asked(broken, {}), HasSubstr("AZURE_POD_IDENTITY_AUTHORITY_HOST"));
}

class ArcSecret : public ::testing::Test {
  protected:
    [[nodiscard]] std::string got(const std::string& challenge) const {
        AzureEnvironment environment = on_arc();
        environment.arc_tokens = folder.path();
        const auto secret = arc_secret(environment, challenge);
        return secret ? std::string{secret->reveal()} : "error: " + secret.error().text();
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / name).string(); }
    SettingsFolder folder;
};

TEST_F(ArcSecret, IsWhatTheNamedFileHolds) {
    folder.write("one.key", "arc-secret\n");
    EXPECT_EQ(got("Basic realm=" + path("one.key")), "arc-secret");
    EXPECT_EQ(got("basic realm=\"" + path("one.key") + "\""), "arc-secret");
}

TEST_F(ArcSecret, ComesFromNoOtherFile) {
    folder.write("one.txt", "CANARY");
    std::filesystem::create_directory(folder.path() / "deeper");
    folder.write("deeper/one.key", "CANARY");
    for (const std::string& name :
         {std::string{"/etc/shadow"}, std::string{"one.key"}, path("one.txt"), path("deeper/one.key"),
          path("deeper/../app.key"), path("../" + folder.path().filename().string() + "/app.key"),
          std::string{}}) {
        EXPECT_THAT(got("Basic realm=" + name), HasSubstr("outside")) << name;
    }
    EXPECT_THAT(got("Bearer realm=" + path("app.key")), HasSubstr("nothing that can be answered"));
    EXPECT_THAT(got(""), HasSubstr("nothing that can be answered"));
}

TEST_F(ArcSecret, IsBoundedAndSaysWhoMayReadIt) {
    folder.write("large.key", std::string(5000, 'x'));
    EXPECT_THAT(got("Basic realm=" + path("large.key")), HasSubstr("larger than 4 KiB"));
    EXPECT_THAT(got("Basic realm=" + path("nowhere.key")), HasSubstr("himds"));
}

}  // namespace
}  // namespace entrawatch::graph
