package hudson.security;

import java.util.ArrayList;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A realm that checks names and passwords. */
public abstract class AbstractPasswordBasedSecurityRealm extends SecurityRealm {
    public AbstractPasswordBasedSecurityRealm() {}

    @Override
    public SecurityComponents createSecurityComponents() {
        return new SecurityComponents(this::authenticate, this::loadUserByUsername2);
    }

    private Authentication authenticate(Authentication asked) {
        String name = asked.getName();
        UserDetails user = authenticate2(name, String.valueOf(asked.getCredentials()));
        List<GrantedAuthority> groups = new ArrayList<>(user.getAuthorities());
        if (!groups.contains(AUTHENTICATED_AUTHORITY2)) {
            groups.add(AUTHENTICATED_AUTHORITY2);
        }
        return new UsernamePasswordAuthenticationToken(user.getUsername(), "", groups);
    }

    /** The user, when name and password are right; fails otherwise. */
    protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
        throw new AbstractMethodError(getClass() + " lacks authenticate2");
    }

    @Override
    public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
        throw new AbstractMethodError(getClass() + " lacks loadUserByUsername2");
    }
}
