package hudson;

import java.io.IOException;

/** Ends a build with a message for the user and without a stack trace. */
public class AbortException extends IOException {
    public AbortException() {}

    public AbortException(String message) {
        super(message);
    }

    private static final long serialVersionUID = 1L;
}
