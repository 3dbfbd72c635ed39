package io.jenkins.plugins.shera.platform.access;

import hudson.model.Cause;
import hudson.model.Run;
import hudson.security.ACL;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Who stands behind a build. */
public final class Starter {

    private Starter() {}

    /**
     * The user a build acts as or, while it acts as SYSTEM, the user who started it; {@code SYSTEM} when nobody did. For
     * timeline and audit trail alone: what the build may do is decided by {@code acting}.
     */
    public static String of(Run<?, ?> run, Authentication acting) {
        return of(run, acting.getName());
    }

    /** The same with the id of the identity, as a step saves it. */
    public static String of(Run<?, ?> run, String acting) {
        if (ACL.SYSTEM_USERNAME.equals(acting)) {
            for (Cause cause : run.getCauses()) {
                if (cause instanceof Cause.UserIdCause started && started.getUserId() != null) {
                    return started.getUserId();
                }
            }
        }
        return acting;
    }

    /** The same with the identity of the calling thread. */
    public static String of(Run<?, ?> run) {
        return of(run, Jenkins.getAuthentication2());
    }
}
