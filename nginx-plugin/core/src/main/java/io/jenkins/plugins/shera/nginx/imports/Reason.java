package io.jenkins.plugins.shera.nginx.imports;

import java.util.List;

/**
 * Why something in a plan becomes what it does, for people: of a kind that a page may say in its own language, with what it speaks of.
 *
 * @param arguments texts as they stand in the files, or further reasons
 */
public record Reason(Kind kind, List<Object> arguments) {
    /** Copies what it is given. */
    public Reason {
        arguments = List.copyOf(arguments);
    }

    /** What may be said; the English is what logs, REST and the command line say. */
    public enum Kind {
        TEXT("{0}"),
        BOTH("{0} {1}"),
        NO_ROUTE("It is no route: {0}"),
        OUTSIDE_HTTP("It stands outside of the http block."),
        CAN_BE_ROUTE("it can be a route once each of its locations has an application."),
        CAN_BE_ROUTES("it can be routes once each of its locations has an application."),
        UNKNOWN_TOO("Routes answer unknown hosts so, too."),
        ANSWERS_ITSELF("it answers every request itself."),
        ANSWERS_ELSEWHERE("it answers every request itself, and does not lead to the same host by TLS."),
        TLS_ALONE("it speaks TLS alone; a route answers at a plain port, too, if only to lead to TLS."),
        LEADS_ALL("its plain port leads every path to TLS, and routes lead only their own."),
        SAME_NAME("another server of its port has the same name: {0}."),
        UNKNOWN_HOSTS(
                "requests for unknown hosts at port {0} go to {1} today, and routes answer them 404. Allow that, and it can be a route."),
        UNKNOWN_HOSTS_NAMELESS(
                "requests for unknown hosts at port {0} go to a server without name today, and routes answer them 404. Allow that, and it can be a route."),
        DEFAULT_STAYS("the default server of port {0} stays on the node, and so no route can be served there."),
        SECRET("Something in it may be a secret, which stays on the node."),
        IS_ROUTE("It is a route."),
        ONLY_ROUTES_LEAD("Only routes lead to it, and they name its servers themselves."),
        WHOLE_HTTP("It holds for the whole http block, and goes on to do so where it is."),
        OTHERS_LEAD("Servers that are no routes lead to it."),
        NO_SERVER("It is no server."),
        PUBLISHED("The host {0} is published already for application '{1}'."),
        OTHER_TENANT("The host {0} belongs to another tenant of this nginx cluster."),
        CLAIMS_DEFAULT("It claims the default server of a port at which routes are published."),
        OWN_ADDRESS(
                "it listens at an address of its own, by IPv6 or with options; routes listen at a port of every IPv4 address."),
        SEVERAL_PORTS("it listens at several ports, and a route at one, and one of TLS."),
        TLS_VERSIONS("its TLS versions are others than 1.2 and 1.3."),
        ADDS_HEADER("it adds a header beside those of the application, where a route puts one in its place."),
        SAYS("it says {0}, which a route cannot say."),
        NO_CERTIFICATE("it speaks TLS without a certificate of its own."),
        HTTP2_PLAIN("it speaks HTTP/2 without TLS, which a route does not."),
        NO_NAME("it has no name; a route has one host."),
        SEVERAL_NAMES("it has several names; a route has one host."),
        NO_UPSTREAM("none of its requests go to an upstream."),
        SAME_PLACE("two of its locations begin at {0}."),
        BY_EXPRESSION(
                "the location '{0}' is compared by a regular expression, or has a name; routes compare what a path begins with."),
        HTTP_VERSION("it asks the application by another version of HTTP than 1.1."),
        CHANGES_ANSWERS("it changes where the application's answers lead."),
        LOCATION_SAYS("the location {0} says {1}, which a route cannot say."),
        NOT_PASSED(
                "the location {0} does not pass whole paths on to an upstream by plain HTTP (proxy_pass http://NAME;)."),
        NGINX_CHANGES(
                "nginx changes answers that lead to {0} itself, which a route does not. Say 'proxy_redirect off;' where the application names none."),
        TOLD_OTHERWISE("it tells the application {0} as '{1}', and routes tell it as '{2}'."),
        NOT_TOLD("the application is not told {0}, which routes tell it. Add 'proxy_set_header {1} {2};'."),
        SIZE("'{0}' is not a size that a route can have."),
        TIME("'{0}' is not a time that a route can have."),
        ZERO("0 means something else in a route, where it stands for what nginx does itself."),
        COUNTS_DIFFER("the servers of upstream {0} count failures in different ways; a route counts them in one."),
        METHOD("the method '{0}' is none that a route has."),
        UPSTREAM_SAYS("the upstream says {0}, which a route cannot say."),
        OPTION("'{0}' of a server is nothing that a route can say."),
        NAME_LOOKED_UP("'{0}' is a name, which nginx looks up when it starts; routes lead to addresses."),
        DIRECTIVE(
                "The directive '{0}' is not among those that may be pushed. Leave it out, or ask the operator of the nodes to put it into their own nginx.conf."),
        NOT_LISTED(
                "The directive '{0}' is not among those that may be pushed by this tenant. Leave it out, or ask who has SheRa/Administer to put it on the tenant's list: Manage Jenkins, System, SheRa: nginx, Directives of tenants."),
        LOG("A log is a file of the node. Only 'access_log off' may be pushed."),
        SOCKET("Sockets of the node cannot be reached from here. Name a host and port."),
        TAKEN_NAME("Names that begin with $shera_ are taken. Choose another one."),
        NODE_FILE("A file of the node cannot be read from here. Write the lines themselves.");

        private final String english;

        Kind(String english) {
            this.english = english;
        }

        /** Its English, with {@code {0}} and so on for what it speaks of. */
        public String english() {
            return english;
        }
    }

    static Reason of(Kind kind, Object... arguments) {
        return new Reason(kind, List.of(arguments));
    }

    /** What somebody else said of it, in English. */
    static Reason text(String english) {
        return of(Kind.TEXT, english);
    }

    /** In English. */
    public String english() {
        StringBuilder said = new StringBuilder();
        String pattern = kind.english();
        int at = 0;
        for (int open = pattern.indexOf('{'); open >= 0; open = pattern.indexOf('{', at)) {
            Object argument = arguments.get(pattern.charAt(open + 1) - '0');
            said.append(pattern, at, open).append(argument instanceof Reason inner ? inner.english() : argument);
            at = open + 3;
        }
        return said.append(pattern.substring(at)).toString();
    }
}
