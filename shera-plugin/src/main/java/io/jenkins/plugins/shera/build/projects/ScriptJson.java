package io.jenkins.plugins.shera.build.projects;

import io.jenkins.plugins.shera.oci.image.Json;
import java.nio.charset.StandardCharsets;

/** A script as the audit trail keeps it. */
final class ScriptJson {
    private ScriptJson() {}

    static String of(String script) {
        return new String(Json.write(Json.object().put("script", script)), StandardCharsets.UTF_8);
    }
}
