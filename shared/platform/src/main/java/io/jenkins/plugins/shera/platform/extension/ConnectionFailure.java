package io.jenkins.plugins.shera.platform.extension;

import java.io.IOException;
import org.jvnet.localizer.Localizable;

/** Why a connection is not well, in words that are put into the language of whoever reads them. */
public final class ConnectionFailure extends IOException {
    private static final long serialVersionUID = 1L;

    private final Localizable words;

    /** The words are a sentence for an administrator and hold no secret. */
    public ConnectionFailure(Localizable words) {
        super(words.toString());
        this.words = words;
    }

    /** The same for whoever asks. */
    public Localizable words() {
        return words;
    }
}
