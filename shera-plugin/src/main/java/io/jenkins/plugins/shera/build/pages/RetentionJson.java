package io.jenkins.plugins.shera.build.pages;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.jenkins.plugins.shera.build.records.Retention;
import io.jenkins.plugins.shera.build.retention.RetentionPlan;
import io.jenkins.plugins.shera.platform.rest.JsonAnswer;

/** A plan of retention as programs and the page get it. */
final class RetentionJson {
    private RetentionJson() {}

    static ObjectNode of(Retention retention, RetentionPlan plan) {
        ObjectNode json = JsonAnswer.ok().put("name", retention.name());
        ArrayNode images = json.putArray("images");
        for (RetentionPlan.Line line : plan.lines()) {
            ObjectNode image = images.addObject();
            image.put("digest", line.digest().toString())
                    .put("at", line.at().toString())
                    .put("build", line.build())
                    .put("goes", line.goes())
                    .put("why", Retention.words(line));
            line.tags().forEach(image.putArray("tags")::add);
        }
        return json;
    }
}
