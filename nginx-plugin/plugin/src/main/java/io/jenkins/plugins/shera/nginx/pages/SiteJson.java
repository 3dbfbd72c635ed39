package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
import io.jenkins.plugins.shera.nginx.site.SiteNotes;
import java.io.IOException;
import java.util.Map;

/** The files of people of a cluster and their history, as programs and the page get them. */
final class SiteJson {
    private static final int MOST = 50;

    private SiteJson() {}

    /** With the files of one push; 0 for the newest. */
    static ObjectNode of(SiteHistory history, long push) throws IOException {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        long newest = history.latest().map(SiteHistory.Entry::number).orElse(0L);
        body.put("newest", newest);
        SiteHistory.Entry shown = history.read(push == 0 ? newest : push).orElse(null);
        body.put("push", shown == null ? 0 : shown.number());
        ObjectNode files = body.putObject("files");
        if (shown != null) {
            for (Map.Entry<String, String> file : shown.files().entrySet()) {
                files.put(file.getKey(), file.getValue());
            }
        }
        ArrayNode pushes = body.putArray("pushes");
        for (SiteHistory.Entry entry : history.newest(MOST)) {
            pushes.addObject()
                    .put("push", entry.number())
                    .put("at", entry.at().toString())
                    .put("who", entry.who())
                    .put("why", entry.why())
                    .put("files", entry.files().size());
        }
        return body;
    }

    /** The push that waits for its reload, if one does, and the nodes that were left behind. */
    static void notes(ObjectNode body, SiteNotes notes) throws IOException {
        SiteNotes.Waiting waiting = notes.waiting().orElse(null);
        if (waiting != null) {
            ObjectNode json = body.putObject("waiting");
            json.put("at", waiting.at().toString())
                    .put("who", waiting.who())
                    .put("why", waiting.why())
                    .put("due", waiting.due() == null ? "" : waiting.due().toString())
                    .put("trouble", waiting.trouble());
            waiting.files().forEach(json.putObject("files")::put);
        }
        behind(body, notes);
    }

    /** The nodes that were left behind, with the reason. */
    static void behind(ObjectNode body, SiteNotes notes) throws IOException {
        ArrayNode nodes = body.putArray("behind");
        notes.behind()
                .forEach((name, why) -> nodes.addObject().put("node", name).put("why", why));
    }
}
