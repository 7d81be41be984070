#include "core/rules/text_pattern.hpp"

#include <utility>

#include "core/base/text.hpp"

namespace entrawatch {
namespace {

using PieceKind = PatternPiece::Kind;

bool is_blank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// fold() trims; beside a wildcard a blank is part of what is looked for.
std::string fold_piece(const std::string& text, bool open_before, bool open_after) {
    std::string folded = fold(text);
    if (text.empty()) return folded;
    if (folded.empty()) return open_before || open_after ? " " : folded;
    if (open_before && is_blank(text.front())) folded.insert(0, 1, ' ');
    if (open_after && is_blank(text.back())) folded += ' ';
    return folded;
}

// Bytes of the code point that starts at `at`.
std::size_t code_point_length(std::string_view text, std::size_t at) {
    std::size_t n = 1;
    while (at + n < text.size() && (static_cast<unsigned char>(text[at + n]) & 0xC0U) == 0x80U)
        ++n;
    return n;
}

bool is_run(const PatternPiece& piece) {
    return piece.kind == PieceKind::any_run;
}

void append_literal(PatternPieces& pieces, char c) {
    if (pieces.empty() || pieces.back().kind != PieceKind::literal)
        pieces.push_back({PieceKind::literal, {}});
    pieces.back().text += c;
}

}  // namespace

PatternPieces parse_pattern(std::string_view text) {
    PatternPieces pieces;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        const char next = i + 1 < text.size() ? text[i + 1] : '\0';
        if (c == '\\' && (next == '*' || next == '?' || next == '\\')) {
            append_literal(pieces, next);
            ++i;
        } else if (c == '*') {
            if (pieces.empty() || !is_run(pieces.back())) pieces.push_back({PieceKind::any_run, {}});
        } else if (c == '?') {
            pieces.push_back({PieceKind::any_one, {}});
        } else {
            append_literal(pieces, c);
        }
    }
    if (pieces.empty()) pieces.push_back({PieceKind::literal, {}});
    return pieces;
}

PatternPieces literal_pattern(std::string_view text) {
    return {{PieceKind::literal, std::string{text}}};
}

void open_start(PatternPieces& pieces) {
    if (pieces.empty() || !is_run(pieces.front())) pieces.insert(pieces.begin(), {PieceKind::any_run, {}});
}

void open_end(PatternPieces& pieces) {
    if (pieces.empty() || !is_run(pieces.back())) pieces.push_back({PieceKind::any_run, {}});
}

TextPattern::TextPattern(PatternPieces pieces, bool cased) : cased_(cased) {
    std::erase_if(pieces, [&](const PatternPiece& piece) {
        return piece.kind == PieceKind::literal && piece.text.empty() && pieces.size() > 1;
    });
    if (!cased) {
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            if (pieces[i].kind != PieceKind::literal) continue;
            pieces[i].text = fold_piece(pieces[i].text, i > 0, i + 1 < pieces.size());
        }
    }
    const auto literal = [&](std::size_t i) { return pieces[i].kind == PieceKind::literal; };
    if (pieces.size() == 1) {
        shape_ = literal(0) ? Shape::exact : is_run(pieces[0]) ? Shape::anything : Shape::general;
        operand_ = pieces[0].text;
    } else if (pieces.size() == 2 && literal(0) && is_run(pieces[1])) {
        shape_ = Shape::starts;
        operand_ = pieces[0].text;
    } else if (pieces.size() == 2 && is_run(pieces[0]) && literal(1)) {
        shape_ = Shape::ends;
        operand_ = pieces[1].text;
    } else if (pieces.size() == 3 && is_run(pieces[0]) && literal(1) && is_run(pieces[2])) {
        shape_ = Shape::contains;
        operand_ = pieces[1].text;
    }
    if (shape_ == Shape::general) pieces_ = std::move(pieces);
}

bool TextPattern::matches(std::string_view raw, std::string_view folded) const {
    const std::string_view text = cased_ ? raw : folded;
    switch (shape_) {
        case Shape::exact:
            return text == operand_;
        case Shape::starts:
            return text.starts_with(operand_);
        case Shape::ends:
            return text.ends_with(operand_);
        case Shape::contains:
            return text.find(operand_) != std::string_view::npos;
        case Shape::anything:
            return true;
        case Shape::general:
            return matches_general(text);
    }
    return false;
}

// Goes back to the last `*` only: the time is at most text × pattern, never exponential.
bool TextPattern::matches_general(std::string_view text) const {
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    std::size_t at = 0;
    std::size_t piece = 0;
    std::size_t run = none;  // the last `*` and where its text ends so far
    std::size_t run_end = 0;
    for (;;) {
        if (piece == pieces_.size()) {
            if (at == text.size()) return true;
        } else if (is_run(pieces_[piece])) {
            run = piece++;
            run_end = at;
            if (piece == pieces_.size()) return true;
            continue;
        } else if (pieces_[piece].kind == PieceKind::any_one) {
            if (at < text.size()) {
                at += code_point_length(text, at);
                ++piece;
                continue;
            }
        } else if (text.substr(at).starts_with(pieces_[piece].text)) {
            at += pieces_[piece].text.size();
            ++piece;
            continue;
        }
        if (run == none || run_end >= text.size()) return false;
        run_end += code_point_length(text, run_end);
        const PatternPiece& after = pieces_[run + 1];
        if (after.kind == PieceKind::literal) {  // jump to the next place where it can go on
            const auto next = text.find(after.text, run_end);
            if (next == std::string_view::npos) return false;
            run_end = next;
        }
        at = run_end;
        piece = run + 1;
    }
}

std::optional<std::string> TextPattern::exact_folded() const {
    if (shape_ != Shape::exact) return std::nullopt;
    return cased_ ? fold(operand_) : operand_;
}

}  // namespace entrawatch
