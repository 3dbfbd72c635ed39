package io.jenkins.plugins.shera.build.dockerfile;

import java.util.ArrayList;
import java.util.List;

/** Splits text into words at white space that is not quoted. */
final class Words {
    private Words() {}

    static List<String> split(Instruction instruction, String text, char escape) throws DockerfileException {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        boolean inWord = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                    inWord = false;
                }
                continue;
            }
            inWord = true;
            word.append(c);
            if (c == escape && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (quote == c) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        if (quote != 0) {
            throw instruction.failure("a quote " + quote + " is not closed.");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
