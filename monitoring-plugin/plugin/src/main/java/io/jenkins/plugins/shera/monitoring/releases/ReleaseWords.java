package io.jenkins.plugins.shera.monitoring.releases;

import io.jenkins.plugins.shera.platform.extension.ReleaseNews;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.jvnet.localizer.Localizable;

/** News of a release in the words of a language. */
final class ReleaseWords {

    private static final Pattern DIGEST = Pattern.compile("@(sha256:[0-9a-f]{12})[0-9a-f]{52}");

    private final ReleaseNews news;
    private final Locale language;

    ReleaseWords(ReleaseNews news, Locale language) {
        this.news = news;
        this.language = language;
    }

    /** What happened, where, in one line. */
    String title() {
        String what = news.tenant() + "/" + news.application();
        Localizable title =
                switch (news.event()) {
                    case WAITING -> Messages._ReleaseWords_waiting(what, news.environment());
                    case FAILED -> Messages._ReleaseWords_failed(what, news.environment());
                    case WENT_BACK -> Messages._ReleaseWords_wentBack(what, news.environment());
                    case FINISHED -> Messages._ReleaseWords_finished(what, news.environment());
                };
        return title.toString(language);
    }

    /** The whole message. */
    String text() {
        List<String> lines = new ArrayList<>();
        lines.add(title());
        add(lines, news.why(), Messages._ReleaseWords_why(news.why()));
        add(lines, news.image(), Messages._ReleaseWords_image(image()));
        add(lines, news.actor(), Messages._ReleaseWords_actor(news.actor()));
        add(lines, link(), Messages._ReleaseWords_link(link()));
        return String.join("\n", lines);
    }

    private void add(List<String> lines, String value, Localizable line) {
        if (!value.isEmpty()) {
            lines.add(line.toString(language));
        }
    }

    /** Name, tag, and the first digits of the digest. */
    private String image() {
        Matcher digest = DIGEST.matcher(news.image());
        return digest.find() ? digest.replaceFirst(" ($1)") : news.image();
    }

    private String link() {
        String root = Jenkins.get().getRootUrl();
        return root == null ? "" : root + news.page();
    }

    /** The same for programs. */
    Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("tenant", news.tenant());
        facts.put("application", news.application());
        facts.put("environment", news.environment());
        facts.put("release", news.release());
        facts.put("event", news.event().id());
        facts.put("image", news.image());
        facts.put("actor", news.actor());
        facts.put("why", news.why());
        facts.put("at", news.at().toString());
        facts.put("link", link());
        return facts;
    }
}
