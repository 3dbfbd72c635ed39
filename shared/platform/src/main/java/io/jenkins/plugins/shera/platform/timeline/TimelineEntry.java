package io.jenkins.plugins.shera.platform.timeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing that happened to an application.
 *
 * @param id given when it is appended, 0 before
 * @param detail a second line, may be empty
 * @param actor user id, or the build that did it
 * @param environment where it happened, empty when it concerns them all
 */
public record TimelineEntry(
        long id,
        Instant at,
        Kind kind,
        String title,
        String detail,
        String actor,
        String environment,
        List<Link> links) {

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
            return name().toLowerCase(java.util.Locale.ROOT);
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

    /** Keeps its own copy of the links. */
    public TimelineEntry {
        links = List.copyOf(links);
    }

    /** An entry of this moment, with no links. */
    public static TimelineEntry now(Kind kind, String title, String detail, String actor, String environment) {
        return new TimelineEntry(0, Instant.now(), kind, title, detail, actor, environment, List.of());
    }

    /** The same with one more link. */
    public TimelineEntry linked(String text, String url) {
        List<Link> more = new ArrayList<>(links);
        more.add(new Link(text, url));
        return new TimelineEntry(id, at, kind, title, detail, actor, environment, more);
    }

    TimelineEntry numbered(long newId) {
        return new TimelineEntry(newId, at, kind, title, detail, actor, environment, links);
    }

    ObjectNode toJson() {
        ObjectNode line = JsonNodeFactory.instance.objectNode();
        line.put("at", at.toString());
        line.put("kind", kind.text());
        line.put("title", title);
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
        return new TimelineEntry(
                line.path("id").asLong(),
                Instant.parse(line.path("at").asText()),
                Kind.valueOf(line.path("kind").asText().toUpperCase(java.util.Locale.ROOT)),
                line.path("title").asText(),
                line.path("detail").asText(),
                line.path("actor").asText(),
                line.path("environment").asText(),
                links);
    }
}
