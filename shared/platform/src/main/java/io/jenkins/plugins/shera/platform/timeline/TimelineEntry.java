package io.jenkins.plugins.shera.platform.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jvnet.localizer.Localizable;

/**
 * One thing that happened to an application.
 *
 * @param id given when it is appended, 0 before
 * @param detail a second line, may be empty
 * @param actor user id, or the build that did it
 * @param environment where it happened, empty when it concerns them all
 * @param titles the title in other languages, by language tag as {@code zh-CN}
 */
public record TimelineEntry(
        long id,
        Instant at,
        Kind kind,
        String title,
        String detail,
        String actor,
        String environment,
        List<Link> links,
        Map<String, String> titles) {

    /** The languages besides English that a title is kept in. */
    private static final List<Locale> LANGUAGES = List.of(Locale.SIMPLIFIED_CHINESE, Locale.TRADITIONAL_CHINESE);

    /** What sort of thing happened. */
    public enum Kind {
        COMMIT,
        ANALYSIS,
        IMAGE,
        RELEASE,
        CANARY,
        PUSH,
        CONFIG,
        ALERT,
        TERMINAL,
        PACKAGE;

        /** As files and REST spell it. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A way to more: the build, the release, the push.
     *
     * @param url absolute http(s), or a path below Jenkins' root URL
     */
    public record Link(String text, String url) {

        /** Refuses addresses that would run script when clicked. */
        public Link {
            if (!url.matches("(https?://|/)[^\\p{Cntrl}\\s]*") || url.startsWith("//")) {
                throw new IllegalArgumentException("a link of a timeline begins with http://, https:// or /: " + url);
            }
        }
    }

    /** Keeps its own copy of links and titles. */
    public TimelineEntry {
        links = List.copyOf(links);
        titles = Map.copyOf(titles);
    }

    /** An entry whose title is the same in every language. */
    public TimelineEntry(
            long id,
            Instant at,
            Kind kind,
            String title,
            String detail,
            String actor,
            String environment,
            List<Link> links) {
        this(id, at, kind, title, detail, actor, environment, links, Map.of());
    }

    /** An entry of this moment, with no links. */
    public static TimelineEntry now(Kind kind, String title, String detail, String actor, String environment) {
        return new TimelineEntry(0, Instant.now(), kind, title, detail, actor, environment, List.of());
    }

    /** An entry of this moment whose title each reader gets in their language: {@code Messages._Deploy_done(name)}. */
    public static TimelineEntry now(Kind kind, Localizable title, String detail, String actor, String environment) {
        String english = title.toString(Locale.ENGLISH);
        Map<String, String> titles = new TreeMap<>();
        for (Locale language : LANGUAGES) {
            String translated = title.toString(language);
            if (!translated.equals(english)) {
                titles.put(language.toLanguageTag(), translated);
            }
        }
        return new TimelineEntry(0, Instant.now(), kind, english, detail, actor, environment, List.of(), titles);
    }

    /** The title for readers of this language. */
    public String title(Locale reader) {
        if (!reader.getLanguage().equals("zh")) {
            return title;
        }
        boolean traditional =
                "Hant".equals(reader.getScript()) || List.of("TW", "HK", "MO").contains(reader.getCountry());
        return titles.getOrDefault(traditional ? "zh-TW" : "zh-CN", title);
    }

    /** The same with one more link. */
    public TimelineEntry linked(String text, String url) {
        List<Link> more = new ArrayList<>(links);
        more.add(new Link(text, url));
        return new TimelineEntry(id, at, kind, title, detail, actor, environment, more, titles);
    }

    TimelineEntry numbered(long newId) {
        return new TimelineEntry(newId, at, kind, title, detail, actor, environment, links, titles);
    }

    ObjectNode toJson() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", at.toString());
        line.put("kind", kind.text());
        line.put("title", title);
        titles.forEach((language, text) -> line.withObject("/titles").put(language, text));
        line.put("detail", detail);
        line.put("actor", actor);
        line.put("environment", environment);
        links.forEach(link ->
                line.withArray("links").addObject().put("text", link.text()).put("url", link.url()));
        return line;
    }

    static TimelineEntry fromJson(JsonNode line) {
        List<Link> links = new ArrayList<>();
        for (JsonNode link : line.path("links")) {
            links.add(new Link(link.path("text").asText(), link.path("url").asText()));
        }
        Map<String, String> titles = new TreeMap<>();
        line.path("titles")
                .fields()
                .forEachRemaining(
                        each -> titles.put(each.getKey(), each.getValue().asText()));
        return new TimelineEntry(
                line.path("id").asLong(),
                Instant.parse(line.path("at").asText()),
                Kind.valueOf(line.path("kind").asText().toUpperCase(Locale.ROOT)),
                line.path("title").asText(),
                line.path("detail").asText(),
                line.path("actor").asText(),
                line.path("environment").asText(),
                links,
                titles);
    }
}
