package io.jenkins.plugins.shera.platform.input;

import com.fasterxml.jackson.databind.JsonNode;
import io.jenkins.plugins.shera.platform.Messages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;

/** Reads one JSON object field by field; {@link #done()} refuses what nobody asked for. */
public final class Fields {

    private static final int MOST_ELEMENTS = 1000;
    private static final int LONGEST_TEXT = 64 * 1024;

    private final JsonNode node;
    private final String path;
    private final Set<String> read = new HashSet<>();

    /** The fields of an object; {@code path} is its place in the request, empty for the request itself. */
    public Fields(JsonNode node, String path) {
        if (!node.isObject()) {
            throw Refusal.input(path, Messages.Fields_object(), Messages.Fields_object_next());
        }
        this.node = node;
        this.path = path;
    }

    /** The place of a field in the request, as errors name it. */
    public String where(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** A text, empty when absent; numbers are taken as they are written. */
    public String text(String name) {
        JsonNode value = take(name);
        if (value == null) {
            return "";
        }
        if (!value.isValueNode() || value.isBoolean()) {
            throw Refusal.input(where(name), Messages.Fields_text(), Messages.Fields_text_next());
        }
        String text = value.asText();
        if (text.length() > LONGEST_TEXT || text.indexOf('\0') >= 0) {
            throw Refusal.input(where(name), Messages.Fields_long(LONGEST_TEXT), Messages.Fields_long_next());
        }
        return text.strip();
    }

    /**
     * Texts as they are, with their spaces and line ends, by free names, which the caller checks.
     *
     * @param most length of all of them together
     */
    public Map<String, String> contents(String name, int most) {
        Map<String, String> contents = new LinkedHashMap<>();
        JsonNode value = take(name);
        if (value == null) {
            return contents;
        }
        Fields fields = new Fields(value, where(name));
        long length = 0;
        for (Map.Entry<String, JsonNode> each : value.properties()) {
            String where = fields.where(Names.shown(each.getKey()));
            if (!each.getValue().isTextual() || contents.size() == MOST_ELEMENTS) {
                throw Refusal.input(where, Messages.Fields_text(), Messages.Fields_text_next());
            }
            String text = each.getValue().textValue();
            length += text.length();
            if (length > most || text.indexOf('\0') >= 0) {
                throw Refusal.input(where, Messages.Fields_long(most), Messages.Fields_long_next());
            }
            contents.put(each.getKey(), text);
        }
        return contents;
    }

    /** A truth value; a form's {@code "true"}/{@code "false"}/{@code "on"} are understood, absent is false. */
    public boolean flag(String name) {
        JsonNode value = take(name);
        return value != null && truth(name, value);
    }

    private boolean truth(String name, JsonNode value) {
        switch (value.isValueNode() ? value.asText() : "a structure") {
            case "true", "on":
                return true;
            case "false", "":
                return false;
            default:
                throw Refusal.input(where(name), Messages.Fields_flag(), Messages.Fields_flag_next());
        }
    }

    /** A truth value that need not be given; null and an empty text give none. */
    public Optional<Boolean> choice(String name) {
        JsonNode value = take(name);
        boolean given =
                value != null && !(value.isTextual() && value.textValue().isEmpty());
        return given ? Optional.of(truth(name, value)) : Optional.empty();
    }

    /** A whole number, if there is one. */
    public OptionalLong number(String name) {
        String text = text(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw Refusal.input(where(name), Messages.Fields_number(), Messages.Fields_number_next());
        }
    }

    /** A list of texts; a single text counts as a list of one, as forms send it. */
    public List<String> texts(String name) {
        JsonNode value = take(name);
        List<String> texts = new ArrayList<>();
        if (value == null) {
            return texts;
        }
        if (value.isTextual()) {
            value.asText()
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .forEach(texts::add);
            return texts;
        }
        for (JsonNode element : elements(name, value)) {
            if (!element.isTextual()) {
                throw Refusal.input(
                        where(name) + "[" + texts.size() + "]", Messages.Fields_text(), Messages.Fields_text_next());
            }
            texts.add(element.asText().strip());
        }
        return texts;
    }

    /** A list of objects, each read by {@code reader}, which need not call {@link #done()}. */
    public <T> List<T> objects(String name, Function<Fields, T> reader) {
        JsonNode value = take(name);
        List<T> objects = new ArrayList<>();
        if (value != null) {
            for (JsonNode element : elements(name, value)) {
                Fields fields = new Fields(element, where(name) + "[" + objects.size() + "]");
                objects.add(reader.apply(fields));
                fields.done();
            }
        }
        return objects;
    }

    /** One object read by {@code reader}, or {@code absent}. */
    public <T> T object(String name, T absent, Function<Fields, T> reader) {
        JsonNode value = take(name);
        if (value == null) {
            return absent;
        }
        Fields fields = new Fields(value, where(name));
        T object = reader.apply(fields);
        fields.done();
        return object;
    }

    /** Free names with texts: an object, or a list of {@code {name, value}} as reads give it. */
    public Map<String, String> map(String name) {
        JsonNode value = take(name);
        Map<String, String> map = new LinkedHashMap<>();
        if (value == null) {
            return map;
        }
        if (value.isArray()) {
            read.remove(name);
            objects(name, pair -> map.put(Names.valueName(pair.where("name"), pair.text("name")), pair.text("value")));
            return map;
        }
        Fields fields = new Fields(value, where(name));
        value.fieldNames().forEachRemaining(key -> map.put(Names.valueName(fields.where(key), key), fields.text(key)));
        return map;
    }

    /** Whether the request holds this field at all. */
    public boolean has(String name) {
        return node.hasNonNull(name);
    }

    /** Refuses fields that nobody read: a slip of the pen is not silence. */
    public void done() {
        node.fieldNames().forEachRemaining(name -> {
            if (!read.contains(name)) {
                throw Refusal.input(
                        where(Names.shown(name)), Messages.Fields_unknown(), Messages.Fields_unknown_next());
            }
        });
    }

    private JsonNode take(String name) {
        read.add(name);
        return node.hasNonNull(name) ? node.get(name) : null;
    }

    private JsonNode elements(String name, JsonNode value) {
        if (!value.isArray() || value.size() > MOST_ELEMENTS) {
            throw Refusal.input(where(name), Messages.Fields_list(MOST_ELEMENTS), Messages.Fields_list_next());
        }
        return value;
    }
}
