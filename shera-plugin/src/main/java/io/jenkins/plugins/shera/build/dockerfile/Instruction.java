package io.jenkins.plugins.shera.build.dockerfile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One instruction of a Dockerfile: keyword, flags, and the rest as it was written, with its continued lines joined. */
public final class Instruction {
    private static final ObjectMapper JSON =
            new ObjectMapper(new JsonFactory()).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final int line;
    private final Keyword keyword;
    private final Map<String, String> flags;
    private final String rest;
    private final char escape;

    Instruction(int line, Keyword keyword, Map<String, String> flags, String rest, char escape) {
        this.line = line;
        this.keyword = keyword;
        this.flags = Map.copyOf(flags);
        this.rest = rest;
        this.escape = escape;
    }

    /** What comes after keyword and flags. */
    public String rest() {
        return rest;
    }

    /** Words apart at white space; quotes hold words together and stay in them, to be taken away by {@link Expansion}. */
    public List<String> words() throws DockerfileException {
        return Words.split(this, rest, escape);
    }

    /** The words of a JSON array, if the rest is one: the exec form. */
    public Optional<List<String>> execForm() throws DockerfileException {
        return execForm(rest);
    }

    /** Same, of a part of the rest. */
    public Optional<List<String>> execForm(String part) throws DockerfileException {
        String text = part.trim();
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        try {
            JsonNode array = JSON.readTree(text);
            List<String> words = new ArrayList<>();
            for (JsonNode word : array) {
                if (!word.isTextual()) {
                    throw failure("the list after " + keyword + " may hold text only, in double quotes.");
                }
                words.add(word.asText());
            }
            return Optional.of(words);
        } catch (DockerfileException e) {
            throw e;
        } catch (IOException e) {
            // As docker does: what only looks like a list is a shell command, e.g. [ -f x ] && y.
            return Optional.empty();
        }
    }

    /** A flag's value, e.g. of {@code --from}. */
    public Optional<String> flag(String name) {
        return Optional.ofNullable(flags.get(name));
    }

    /** All flags, without their dashes. */
    public Map<String, String> flags() {
        return flags;
    }

    /** What is to be done. */
    public Keyword keyword() {
        return keyword;
    }

    /** The line it begins in, counted from 1. */
    public int line() {
        return line;
    }

    /** The escape character of the file. */
    public char escape() {
        return escape;
    }

    /** An exception that names this line. */
    public DockerfileException failure(String message) {
        return new DockerfileException(line, message);
    }

    @Override
    public String toString() {
        return keyword + (rest.isEmpty() ? "" : " " + rest);
    }
}
