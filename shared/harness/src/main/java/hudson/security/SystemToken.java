package hudson.security;

import java.util.List;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** Jenkins itself; one for each JVM, also after deserialisation. */
final class SystemToken extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    SystemToken() {
        super(List.of());
        setAuthenticated(true);
    }

    @Override
    public Object getCredentials() {
        return "N/A";
    }

    @Override
    public Object getPrincipal() {
        return ACL.SYSTEM_USERNAME;
    }

    @Override
    public boolean equals(Object that) {
        return that instanceof SystemToken;
    }

    @Override
    public int hashCode() {
        return SystemToken.class.hashCode();
    }

    private Object readResolve() {
        return ACL.SYSTEM2;
    }
}
