package io.jenkins.plugins.shera.build.pages;

import io.jenkins.plugins.shera.build.records.ImageSboms;
import io.jenkins.plugins.shera.oci.image.ImageReference;
import io.jenkins.plugins.shera.oci.layer.EntryNames;
import io.jenkins.plugins.shera.oci.sbom.FoundSbom;
import io.jenkins.plugins.shera.oci.sbom.Sbom;
import io.jenkins.plugins.shera.platform.input.Refusal;
import io.jenkins.plugins.shera.platform.rest.RefusedRead;
import io.jenkins.plugins.shera.platform.schedule.Schedules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.StaplerResponse2;

/** Answers with the SBOM of an image that the caller was found to be allowed to see. */
final class SbomAnswer {
    /** Names the key that signed what is sent; absent when no key of ours did. */
    static final String SIGNER = "X-Shera-Signed-By";

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private SbomAnswer() {}

    /** The digest that is asked for; what is none is unknown. */
    static String digest(StaplerRequest2 request) {
        String digest = request.getParameter("digest");
        return digest == null ? "" : digest;
    }

    /** Sends it; a file to keep with {@code ?download=true}. */
    static void send(String tenant, Optional<String> reference, StaplerRequest2 request, StaplerResponse2 response)
            throws IOException {
        FoundSbom found = reference
                .flatMap(one -> read(tenant, one))
                .orElseThrow(() ->
                        new RefusedRead(Refusal.unknown("sbom", Messages.sbom_none(), Messages.sbom_none_next())));
        response.setContentType(Sbom.TYPE);
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cache-Control", "private, no-cache");
        if (found.isSigned()) {
            response.setHeader(SIGNER, found.keyId());
        }
        if ("true".equals(request.getParameter("download"))) {
            String name = EntryNames.last(ImageReference.parse(reference.get()).repository()) + "-"
                    + found.image().shortHex() + ".cdx.json";
            response.setHeader("Content-Disposition", "attachment; filename=\"" + name + "\"");
        }
        response.getOutputStream().write(found.content());
    }

    /** The registry did not say it. */
    static RefusedRead unanswered(UncheckedIOException e) {
        return new RefusedRead(new Refusal(
                Refusal.Kind.UNAVAILABLE,
                Messages.sbom_failed(),
                "registry",
                String.valueOf(e.getCause().getMessage()),
                Messages.sbom_failed_next()));
    }

    private static Optional<FoundSbom> read(String tenant, String reference) {
        try {
            return Schedules.get().within(LIMIT, "registry", () -> {
                try {
                    return ImageSboms.read(tenant, reference);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (Refusal e) {
            throw new RefusedRead(e);
        } catch (UncheckedIOException e) {
            throw unanswered(e);
        }
    }
}
