package io.jenkins.plugins.shera.nginx.steps;

import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import hudson.util.Secret;
import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.RouteOwner;
import io.jenkins.plugins.shera.nginx.model.RouteRules;
import io.jenkins.plugins.shera.nginx.rules.RuleTexts;
import io.jenkins.plugins.shera.nginx.users.PasswordFile;
import io.jenkins.plugins.shera.platform.config.Tenant;
import io.jenkins.plugins.shera.platform.connection.CredentialLookup;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.Sha2Crypt;

/**
 * The rules of a route with the password file that they name.
 *
 * @param rules null for those that the route has
 * @param people null where there is no such file
 */
record WantedRules(RouteRules rules, PasswordFile people) {
    private static final int SALT = 16;

    /** Judges the settings for a route of this host, and makes the password file of the tenant's credentials. */
    static WantedRules of(RouteRulesSettings settings, Tenant tenant, RouteOwner owner, String host)
            throws InvalidRouteException {
        if (settings == null) {
            return new WantedRules(null, null);
        }
        List<String> ids = RuleTexts.words(settings.getUsers());
        if (ids.isEmpty()) {
            return new WantedRules(settings.on(host, null), null);
        }
        settings.on(host, null);
        StringBuilder lines = new StringBuilder();
        for (String id : ids) {
            StandardUsernamePasswordCredentials found =
                    CredentialLookup.inFolder(tenant, StandardUsernamePasswordCredentials.class, id);
            if (!PasswordFile.isName(found.getUsername())) {
                throw new InvalidRouteException(Messages.WantedRules_name(id));
            }
            lines.append(found.getUsername())
                    .append(':')
                    .append(hash(owner, found))
                    .append('\n');
        }
        PasswordFile people = PasswordFile.of(lines.toString());
        return new WantedRules(settings.on(host, people.version()), people);
    }

    /** The salt is another for each user of each route, and the same the next time: then nothing changes when nothing did. */
    private static String hash(RouteOwner owner, StandardUsernamePasswordCredentials user) {
        byte[] password = Secret.toString(user.getPassword()).getBytes(StandardCharsets.UTF_8);
        return Sha2Crypt.sha512Crypt(password, "$6$" + salt(owner.id() + "/" + user.getUsername()));
    }

    private static String salt(String of) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, SALT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    List<PasswordFile> brought() {
        return people == null ? List.of() : List.of(people);
    }
}
