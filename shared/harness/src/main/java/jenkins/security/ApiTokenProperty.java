package jenkins.security;

import hudson.Extension;
import hudson.model.User;
import hudson.model.UserProperty;
import hudson.model.UserPropertyDescriptor;
import hudson.util.HttpResponses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import jenkins.model.Jenkins;
import jenkins.security.apitoken.TokenUuidAndPlainValue;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.HttpResponse;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.interceptor.RequirePOST;

/** The API tokens of a user: what a program sends in place of the password; of each only the hash is kept. */
public class ApiTokenProperty extends UserProperty {
    /** Jenkins' own mark of how the token is hashed. */
    private static final String VERSION = "11";

    private static final int RANDOM_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private List<HashedToken> tokens = new ArrayList<>();

    @DataBoundConstructor
    public ApiTokenProperty() {}

    /** Makes a token; the caller saves the user. */
    public TokenUuidAndPlainValue generateNewToken(String newTokenName) throws IOException {
        byte[] random = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(random);
        String plain = VERSION + HexFormat.of().formatHex(random);
        String uuid = add(newTokenName, plain);
        user.save();
        return new TokenUuidAndPlainValue(uuid, plain);
    }

    /** Takes a token that was made elsewhere: two digits of version and 32 of the value. */
    public String addFixedNewToken(String newTokenName, String tokenPlainValue) throws IOException {
        if (!tokenPlainValue.matches(VERSION + "[0-9a-fA-F]{32}")) {
            throw new IllegalArgumentException("A token is 11 and 32 hexadecimal digits");
        }
        String uuid = add(newTokenName, tokenPlainValue);
        user.save();
        return uuid;
    }

    private synchronized String add(String name, String plain) {
        HashedToken token = new HashedToken();
        token.uuid = UUID.randomUUID().toString();
        token.name = name;
        token.hash = hash(plain);
        tokens.add(token);
        return token.uuid;
    }

    /** Is this the value of one of the tokens? */
    public synchronized boolean matchesPassword(String token) {
        if (token == null || token.isBlank()) {
            return false;
        }
        byte[] asked = hash(token).getBytes(StandardCharsets.US_ASCII);
        boolean found = false;
        for (HashedToken known : tokens) {
            found |= MessageDigest.isEqual(asked, known.hash.getBytes(StandardCharsets.US_ASCII));
        }
        return found;
    }

    /** Forgets one. */
    public void revokeToken(String tokenUuid) throws IOException {
        synchronized (this) {
            tokens.removeIf(each -> each.uuid.equals(tokenUuid));
        }
        user.save();
    }

    /** Forgets all. */
    public void revokeAllTokens() throws IOException {
        synchronized (this) {
            tokens.clear();
        }
        user.save();
    }

    private static String hash(String plain) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(plain.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }

    private static final class HashedToken {
        private String uuid;
        private String name;
        private String hash;
    }

    /** Made for every user. */
    @Extension
    @Symbol("apiToken")
    public static final class DescriptorImpl extends UserPropertyDescriptor {
        @Override
        public String getDisplayName() {
            return "API Token";
        }

        @Override
        public ApiTokenProperty newInstance(User user) {
            return new ApiTokenProperty();
        }

        /** {@code POST /user/NAME/descriptorByName/jenkins.security.ApiTokenProperty/generateNewToken}: one's own alone. */
        @RequirePOST
        public HttpResponse doGenerateNewToken(@AncestorInPath User u, @QueryParameter String newTokenName)
                throws IOException {
            User current = User.current();
            if (u == null || current == null || !current.getId().equals(u.getId())) {
                throw HttpResponses.error(403, "Only the user may make a token");
            }
            u.checkPermission(Jenkins.ADMINISTER);
            ApiTokenProperty property = u.getProperty(ApiTokenProperty.class);
            if (property == null) {
                property = newInstance(u);
                u.addProperty(property);
            }
            String name = newTokenName == null || newTokenName.isBlank() ? "Token" : newTokenName;
            TokenUuidAndPlainValue made = property.generateNewToken(name);
            return HttpResponses.okJSON(
                    Map.of("tokenUuid", made.tokenUuid, "tokenName", name, "tokenValue", made.plainValue));
        }
    }
}
