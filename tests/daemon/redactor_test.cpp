#include "daemon/redactor.hpp"

#include <gtest/gtest.h>

#include "core/base/digest.hpp"

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

TEST(Redactor, LeavesOrdinaryWordsAlone) {
    Redactor redactor;
    redactor.add("soc");
    redactor.add("");
    EXPECT_EQ(redactor.redact("the soc was told"), "the soc was told");
}

}  // namespace
}  // namespace entrawatch
