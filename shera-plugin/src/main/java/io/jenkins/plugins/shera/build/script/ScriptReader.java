package io.jenkins.plugins.shera.build.script;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads back what {@link ScriptWriter} writes; a script that says more, or something else, is its owner's to keep. */
public final class ScriptReader {
    private static final Pattern AGENT = Pattern.compile("agent\\s*\\{\\s*label\\s+'([^'\\\\]*)'\\s*}");
    private static final String CALL = "sheraBuild(";

    private final String text;
    private int at;

    private ScriptReader(String text) {
        this.text = text;
    }

    /** The settings, if the script is nothing but one call with plain values; blanks and line breaks may differ. */
    public static Optional<BuildSettings> read(String script) {
        int call = script.indexOf(CALL);
        if (call < 0) {
            return Optional.empty();
        }
        Matcher agent = AGENT.matcher(script.substring(0, call));
        try {
            BuildSettings settings = new BuildSettings(agent.find() ? agent.group(1) : "");
            ScriptReader reader = new ScriptReader(script);
            reader.at = call + CALL.length();
            reader.arguments(settings);
            return plain(ScriptWriter.write(settings)).equals(plain(script)) ? Optional.of(settings) : Optional.empty();
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static String plain(String script) {
        return script.replaceAll("\\s+", "");
    }

    private void arguments(BuildSettings settings) {
        while (!take(')')) {
            String name = name();
            expect(':');
            settings.set(name, value());
            take(',');
        }
    }

    private Object value() {
        blanks();
        if (text.charAt(at) == '[') {
            at++;
            Map<String, String> map = new LinkedHashMap<>();
            while (!take(']')) {
                String key = string();
                expect(':');
                map.put(key, string());
                take(',');
            }
            return map;
        }
        if (Character.isDigit(text.charAt(at))) {
            int from = at;
            while (Character.isDigit(text.charAt(at))) {
                at++;
            }
            return Integer.valueOf(text.substring(from, at));
        }
        if (Character.isLetter(text.charAt(at))) {
            return switch (name()) {
                case "true" -> true;
                case "false" -> false;
                default -> throw new IllegalArgumentException("a value that is not written here");
            };
        }
        return string();
    }

    private String string() {
        expect('\'');
        StringBuilder out = new StringBuilder();
        for (char c = text.charAt(at++); c != '\''; c = text.charAt(at++)) {
            out.append(c == '\\' ? escaped() : c);
        }
        return out.toString();
    }

    private char escaped() {
        char c = text.charAt(at++);
        switch (c) {
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                at += 4;
                return (char) Integer.parseInt(text.substring(at - 4, at), 16);
            case '\\', '\'':
                return c;
            default:
                throw new IllegalArgumentException("an escape that is not written here");
        }
    }

    private String name() {
        blanks();
        int from = at;
        while (Character.isLetterOrDigit(text.charAt(at))) {
            at++;
        }
        return text.substring(from, at);
    }

    private void expect(char c) {
        if (!take(c)) {
            throw new IllegalArgumentException("not as it is written here");
        }
    }

    private boolean take(char c) {
        blanks();
        if (text.charAt(at) != c) {
            return false;
        }
        at++;
        return true;
    }

    private void blanks() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
