package io.jenkins.plugins.shera.platform.extension;

import hudson.ExtensionList;
import hudson.ExtensionPoint;
import io.jenkins.plugins.shera.platform.Messages;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a plugin knows of an image: its quality, where it came from, that it was made by hand, where it runs. */
public interface ImageRecords extends ExtensionPoint {

    /** The records of one image of a tenant, newest first; {@code digest} is {@code sha256:...}. */
    List<ImageRecord> of(String tenant, String digest);

    /**
     * What the image may be trusted for, read from the registry now; empty when this plugin cannot tell.
     *
     * @param reference name and digest, as clusters pull it
     * @throws IOException when the registry did not answer, which is never to be taken for a good word
     */
    default Optional<ImageStanding> standing(String tenant, String reference) throws IOException {
        return Optional.empty();
    }

    /** The first word of a plugin that can tell; {@link ImageStanding#UNKNOWN} when none can. */
    static ImageStanding standingOf(String tenant, String reference) throws IOException {
        for (ImageRecords records : ExtensionList.lookup(ImageRecords.class)) {
            Optional<ImageStanding> standing = records.standing(tenant, reference);
            if (standing.isPresent()) {
                return standing.get();
            }
        }
        return new ImageStanding(ImageStanding.UNKNOWN, Messages.ImageRecords_unknown(), false);
    }
}
