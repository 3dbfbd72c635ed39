package hudson.security;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;

/** Acting as somebody else until closed. */
public class ACLContext implements AutoCloseable {
    private final SecurityContext previous;

    ACLContext(SecurityContext previous) {
        this.previous = previous;
    }

    /** Who acted before. */
    public SecurityContext getPreviousContext2() {
        return previous;
    }

    @Override
    public void close() {
        SecurityContextHolder.setContext(previous);
    }
}
