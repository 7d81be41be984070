#include "core/store/raw_codec.hpp"

#include <gtest/gtest.h>
#include <zstd.h>

#include "tests/support/temp_store.hpp"

namespace entrawatch::test {
namespace {

std::vector<std::string> samples() {
    std::vector<std::string> all;
    for (int n = 0; n < 300; ++n)
        all.push_back(R"({"number":)" + std::to_string(n * 31 % 977) +
                      R"(,"words":"always the same words, again and again"})");
    return all;
}

TEST(RawCodec, GivesBackWhatItTook) {
    Compressor compressor;
    Decompressor decompressor;
    std::string octets;
    for (const std::string& text :
         {std::string{}, std::string{"{}"}, std::string(3'000'000, 'x'), std::string("\0\xff\n", 3)}) {
        const std::string frame{must(compressor.compress(text, nullptr))};
        EXPECT_EQ(dictionary_of(frame), 0U);
        must(decompressor.decompress(frame, nullptr, octets));
        EXPECT_EQ(octets, text);
    }
}

TEST(RawCodec, NamesTheDictionaryInTheFrame) {
    const TrainedDictionary trained = must(train_dictionary(samples()));
    const CompressDictionary with = compress_dictionary(trained.octets);
    Compressor compressor;
    const std::string frame{must(compressor.compress(samples()[7], with.get()))};
    EXPECT_EQ(dictionary_of(frame), trained.id);
    std::string octets;
    must(Decompressor{}.decompress(frame, decompress_dictionary(trained.octets).get(), octets));
    EXPECT_EQ(octets, samples()[7]);
    EXPECT_EQ(Decompressor{}.decompress(frame, nullptr, octets).error().code, ErrorCode::corrupt);
    EXPECT_EQ(dictionary_of(must(compressor.compress("{}", nullptr))), 0U) << "the next one may need none";
}

TEST(RawCodec, RefusesToTrainOnNothing) {
    EXPECT_FALSE(train_dictionary({}));
    EXPECT_FALSE(train_dictionary({"a", "b"}));
}

TEST(RawCodec, SurvivesBrokenFrames) {
    Compressor compressor;
    const std::string frame{must(compressor.compress(std::string(500, 'a') + "bcd", nullptr))};
    std::string octets;
    Decompressor decompressor;
    for (std::size_t cut = 0; cut < frame.size(); ++cut) {
        EXPECT_EQ(decompressor.decompress(frame.substr(0, cut), nullptr, octets).error().code,
                  ErrorCode::corrupt)
            << cut;
    }
    for (std::size_t at_byte = 0; at_byte < frame.size(); ++at_byte) {
        std::string broken = frame;
        broken[at_byte] = static_cast<char>(broken[at_byte] ^ 0x55);
        (void)decompressor.decompress(broken, nullptr, octets);  // any answer, but an answer
    }
    must(decompressor.decompress(frame, nullptr, octets));
}

TEST(RawCodec, DoesNotBelieveAFrameThatClaimsGigabytes) {
    // A frame header with an 8-byte content size of 2^40.
    const std::string bomb{"\x28\xb5\x2f\xfd\xe0\0\0\0\0\0\x01\0\0\x01\0\0", 16};
    ASSERT_EQ(ZSTD_getFrameContentSize(bomb.data(), bomb.size()), 1ULL << 40U);
    std::string octets;
    EXPECT_EQ(Decompressor{}.decompress(bomb, nullptr, octets).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace entrawatch::test
