package hudson.security;

import hudson.ExtensionPoint;
import java.util.Objects;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** Knows the users and checks their passwords. */
public abstract class SecurityRealm implements hudson.model.Describable<SecurityRealm>, ExtensionPoint {
    /** Nobody can log in. */
    public static final SecurityRealm NO_AUTHENTICATION = new None();

    /** The group everyone who has logged in is in. */
    public static final GrantedAuthority AUTHENTICATED_AUTHORITY2 = new SimpleGrantedAuthority("authenticated");

    /** What checks passwords and finds users. */
    public abstract SecurityComponents createSecurityComponents();

    /** The components, made once. */
    public synchronized SecurityComponents getSecurityComponents() {
        if (components == null) {
            components = createSecurityComponents();
        }
        return components;
    }

    private transient SecurityComponents components;

    /** Where the login form is sent to. */
    public String getAuthenticationGatewayUrl() {
        return "j_spring_security_check";
    }

    /** Where the login form is. */
    public String getLoginUrl() {
        return "login";
    }

    /** Whether there is anything to log out of. */
    public boolean canLogOut() {
        return true;
    }

    /** Whether people may make accounts for themselves. */
    public boolean allowsSignup() {
        return false;
    }

    /** The user of the given name; fails when there is none. */
    public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
        return getSecurityComponents().userDetails2.loadUserByUsername(username);
    }

    /** What checks passwords and finds users. */
    public static final class SecurityComponents {
        /** Checks passwords. */
        public final AuthenticationManager manager2;
        /** Finds users. */
        public final UserDetailsService userDetails2;

        public SecurityComponents(AuthenticationManager manager, UserDetailsService userDetails) {
            this.manager2 = Objects.requireNonNull(manager);
            this.userDetails2 = Objects.requireNonNull(userDetails);
        }
    }

    private static final class None extends SecurityRealm {
        @Override
        public SecurityComponents createSecurityComponents() {
            return new SecurityComponents(a -> a, name -> {
                throw new UsernameNotFoundException(name);
            });
        }

        @Override
        public boolean canLogOut() {
            return false;
        }

        private Object readResolve() {
            return NO_AUTHENTICATION;
        }
    }
}
