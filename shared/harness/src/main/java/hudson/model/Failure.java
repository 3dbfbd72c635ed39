package hudson.model;

/** Bad input by the user; shown as an error page without a stack trace. */
public class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Failure(String message) {
        super(message);
    }
}
