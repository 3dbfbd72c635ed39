package io.jenkins.plugins.shera.nginx.upstream;

import io.jenkins.plugins.shera.nginx.model.InvalidRouteException;
import io.jenkins.plugins.shera.nginx.model.Member;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Members as a person writes them: {@code 10.0.0.5:8080} or {@code [fd00::5]:8080}. */
public final class NamedMembers {
    private static final Pattern AUTHORITY = Pattern.compile("(?:\\[([0-9a-fA-F:]{2,39})]|([0-9.]{7,15})):(\\d{1,5})");

    private NamedMembers() {}

    /** All with the same weight. */
    public static List<Member> of(List<String> texts) throws InvalidRouteException {
        List<Member> members = new ArrayList<>();
        for (String text : texts) {
            Matcher parts = AUTHORITY.matcher(text);
            if (!parts.matches()) {
                throw new InvalidRouteException("The member '" + text
                        + "' is not an IP address with a port, such as 10.0.0.5:8080 or [fd00::5]:8080.");
            }
            String address = parts.group(1) == null ? parts.group(2) : parts.group(1);
            members.add(Member.of(address, Integer.parseInt(parts.group(3)), 1));
        }
        return members;
    }
}
