package io.jenkins.plugins.shera.nginx.model;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.Serializable;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Who may come. An address that is denied may not; where any is allowed, all others may not; and where there are users, a client has to
 * be one of them, too.
 *
 * @param realm what a browser shows when it asks for the password
 * @param credentials ids of what the password file was made of
 * @param users SHA-256 of the password file, which travels apart; null where no password is asked for
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record RouteAccess(List<String> allow, List<String> deny, String realm, List<String> credentials, String users)
        implements Serializable {
    private static final int MOST = 1000;
    private static final Pattern REALM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9 ._-]{0,63}");
    private static final Pattern CREDENTIAL = Pattern.compile("[\\x21-\\x2b\\x2d-\\x7e]{1,255}");
    private static final Pattern VERSION = Pattern.compile("[0-9a-f]{64}");

    /** Everybody. */
    public static final RouteAccess ANYBODY = new RouteAccess(List.of(), List.of(), null, List.of(), null);

    /** Copies the lists; absent ones are empty. */
    public RouteAccess {
        allow = allow == null ? List.of() : List.copyOf(allow);
        deny = deny == null ? List.of() : List.copyOf(deny);
        credentials = credentials == null ? List.of() : List.copyOf(credentials);
    }

    /** The same with the password file of this version. */
    public RouteAccess versioned(String wanted) {
        return new RouteAccess(allow, deny, realm, credentials, wanted);
    }

    /** Refuses what is no address or network, and a realm that could not be shown. */
    public RouteAccess check() throws InvalidRouteException {
        if (allow.size() + deny.size() > MOST) {
            throw new InvalidRouteException("More than " + MOST + " addresses are allowed and denied. Name networks.");
        }
        for (String network : allow) {
            Network.check(network);
        }
        for (String network : deny) {
            Network.check(network);
        }
        if (realm != null && !REALM.matcher(realm).matches()) {
            throw new InvalidRouteException("The realm '" + realm + "' cannot be shown: give up to 64 letters, digits, "
                    + "blanks and any of . _ -, beginning with a letter or digit.");
        }
        for (String credential : credentials) {
            if (!CREDENTIAL.matcher(credential).matches()) {
                throw new InvalidRouteException("'" + credential + "' is not the id of a credential. Correct it.");
            }
        }
        if (credentials.size() > MOST || users == null != credentials.isEmpty()) {
            throw new InvalidRouteException(
                    "The password file of a route and its credentials do not belong together. Publish the route again.");
        }
        if (users != null && !VERSION.matcher(users).matches()) {
            throw new InvalidRouteException("The password file of a route has no version. Publish the route again.");
        }
        return this;
    }

    /** Whether everybody may come. */
    @JsonIgnore
    public boolean isNone() {
        return allow.isEmpty() && deny.isEmpty() && users == null;
    }
}
