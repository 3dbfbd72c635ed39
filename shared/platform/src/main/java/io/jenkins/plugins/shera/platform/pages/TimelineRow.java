package io.jenkins.plugins.shera.platform.pages;

import io.jenkins.plugins.shera.platform.timeline.TimelineEntry;
import java.util.List;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** An entry of a timeline, as reads give it. */
@ExportedBean(defaultVisibility = 999)
public final class TimelineRow {

    private final TimelineEntry entry;

    TimelineRow(TimelineEntry entry) {
        this.entry = entry;
    }

    @Exported
    public long getId() {
        return entry.id();
    }

    @Exported
    public String getAt() {
        return entry.at().toString();
    }

    @Exported
    public String getKind() {
        return entry.kind().text();
    }

    @Exported
    public String getTitle() {
        return entry.title(PageTexts.language());
    }

    @Exported
    public String getDetail() {
        return entry.detail();
    }

    @Exported
    public String getActor() {
        return entry.actor();
    }

    @Exported
    public String getEnvironment() {
        return entry.environment();
    }

    @Exported
    public List<LinkRow> getLinks() {
        return entry.links().stream().map(LinkRow::new).toList();
    }

    /** A link of an entry; paths of this Jenkins begin with the context path. */
    @ExportedBean(defaultVisibility = 999)
    public static final class LinkRow {
        private final TimelineEntry.Link link;

        LinkRow(TimelineEntry.Link link) {
            this.link = link;
        }

        @Exported
        public String getText() {
            return link.text();
        }

        @Exported
        public String getUrl() {
            return link.url().startsWith("/") ? Addresses.root() + link.url() : link.url();
        }
    }
}
