package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Run;
import java.io.IOException;
import java.io.InputStream;
import jenkins.util.VirtualFile;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** {@code artifact/<path>}: one archived file, always as a download or plain text, sandboxed as in Jenkins. */
public final class ArtifactPages {
    private final Run<?, ?> run;

    ArtifactPages(Run<?, ?> run) {
        this.run = run;
    }

    /** The file of the rest of the path. */
    public void doDynamic(StaplerRequest2 request, StaplerResponse2 response) throws IOException {
        String path = request.getRestOfPath().replaceFirst("^/+", "");
        VirtualFile file = run.getArtifactManager().root().child(path);
        if (path.isEmpty() || ("/" + path + "/").contains("/../") || !file.isFile()) {
            response.sendError(404);
            return;
        }
        response.setHeader(
                "Content-Security-Policy",
                "sandbox allow-same-origin; default-src 'none'; img-src 'self'; style-src 'self';");
        boolean text = path.matches("(?i).*\\.(txt|log|json|yaml|yml|xml|md|csv|properties)");
        response.setContentType(text ? "text/plain;charset=UTF-8" : "application/octet-stream");
        try (InputStream in = file.open()) {
            in.transferTo(response.getOutputStream());
        }
    }
}
