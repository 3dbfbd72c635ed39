package io.jenkins.plugins.shera.nginx.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.nginx.site.SiteHistory;
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
}
