package io.jenkins.plugins.shera.nodes.ssh;

import java.io.IOException;
import org.jvnet.localizer.Localizable;

/**
 * Why a machine could not be reached or did not do its work. The work is done in a thread without a reader, so its text is made where it is
 * read, in that reader's language.
 */
public class SshException extends IOException {
    private static final long serialVersionUID = 1L;

    private final Localizable text;

    SshException(Localizable text, Throwable cause) {
        super(text.toString(), cause);
        this.text = text;
    }

    @Override
    public String getMessage() {
        return text.toString();
    }
}
