package hudson.security;

import hudson.Extension;
import hudson.model.Descriptor;
import hudson.model.ModelObject;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/** Users whose password hashes Jenkins keeps itself. */
public class HudsonPrivateSecurityRealm extends AbstractPasswordBasedSecurityRealm
        implements ModelObject, AccessControlled {
    private static final BCryptPasswordEncoder ENCODER = new BCryptPasswordEncoder();
    private static final String UNKNOWN_USER = ENCODER.encode(UUID.randomUUID().toString());

    private final boolean disableSignup;

    @DataBoundConstructor
    public HudsonPrivateSecurityRealm(boolean allowsSignup) {
        this.disableSignup = !allowsSignup;
    }

    @Override
    public boolean allowsSignup() {
        return !disableSignup;
    }

    /** Makes a user; fails when there is one of the name with a password. */
    public User createAccount(String userName, String password) throws IOException {
        User user = User.getById(userName, true);
        user.addProperty(new Details("#jbcrypt:" + ENCODER.encode(password)));
        user.save();
        return user;
    }

    @Override
    protected UserDetails authenticate2(String username, String password) throws AuthenticationException {
        User user = User.getById(username, false);
        Details details = user == null ? null : user.getProperty(Details.class);
        if (details == null) {
            // as slow for a name that does not exist
            ENCODER.matches(password, UNKNOWN_USER);
            throw new BadCredentialsException("Bad credentials");
        }
        if (!details.isPasswordCorrect(password)) {
            throw new BadCredentialsException("Bad credentials");
        }
        return details.asUserDetails(user.getId());
    }

    @Override
    public UserDetails loadUserByUsername2(String username) throws UsernameNotFoundException {
        User user = User.getById(username, false);
        Details details = user == null ? null : user.getProperty(Details.class);
        if (details == null) {
            throw new UsernameNotFoundException("Password is not set: " + username);
        }
        return details.asUserDetails(user.getId());
    }

    public List<User> getAllUsers() {
        return User.getAll().stream()
                .filter(user -> user.getProperty(Details.class) != null)
                .sorted()
                .toList();
    }

    @Override
    public String getDisplayName() {
        return "Users";
    }

    @Override
    public ACL getACL() {
        return Jenkins.get().getACL();
    }

    /** Its descriptor. */
    @Extension
    @Symbol("local")
    public static final class DescriptorImpl extends Descriptor<SecurityRealm> {
        @Override
        public String getDisplayName() {
            return "Jenkins’ own user database";
        }
    }

    /** The password hash of one user. */
    public static final class Details extends UserProperty {
        private static final String PREFIX = "#jbcrypt:";
        private final String passwordHash;

        Details(String passwordHash) {
            this.passwordHash = passwordHash;
        }

        public boolean isPasswordCorrect(String candidate) {
            return ENCODER.matches(candidate, passwordHash.substring(PREFIX.length()));
        }

        UserDetails asUserDetails(String name) {
            return new org.springframework.security.core.userdetails.User(
                    name, passwordHash, List.of(AUTHENTICATED_AUTHORITY2));
        }

        /** Its descriptor. */
        @Extension
        @Symbol("password")
        public static final class DescriptorImpl extends UserPropertyDescriptor {
            @Override
            public String getDisplayName() {
                return "Password";
            }

            @Override
            public UserProperty newInstance(User user) {
                return null;
            }
        }
    }
}
