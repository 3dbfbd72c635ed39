package org.jvnet.hudson.test;

import hudson.model.AbstractItem;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.AuthorizationStrategy;
import hudson.security.Permission;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.springframework.security.core.Authentication;

/** Rights granted in the test itself: {@code grant(p).onItems(i).to("alice")}. */
public class MockAuthorizationStrategy extends AuthorizationStrategy {
    private final transient List<Rule> rules = new CopyOnWriteArrayList<>();

    private static final class Rule {
        final Set<Permission> permissions;
        final Predicate<String> path;
        final Predicate<Authentication> who;

        Rule(Set<Permission> permissions, Predicate<String> path, Predicate<Authentication> who) {
            this.permissions = permissions;
            this.path = path;
            this.who = who;
        }
    }

    public MockAuthorizationStrategy() {}

    /** Begins a grant of the permissions and all they imply. */
    public Grant grant(Permission... permissions) {
        Set<Permission> all = new HashSet<>(Arrays.asList(permissions));
        boolean more = true;
        while (more) {
            more = false;
            for (Permission p : Permission.getAll()) {
                more |= all.contains(p.impliedBy) && all.add(p);
            }
        }
        return new Grant(all);
    }

    /** Begins a grant of the permissions alone. */
    public Grant grantWithoutImplication(Permission... permissions) {
        return new Grant(new HashSet<>(Arrays.asList(permissions)));
    }

    @Override
    public ACL getRootACL() {
        return acl("");
    }

    @Override
    public ACL getACL(AbstractItem item) {
        return acl(item.getFullName());
    }

    @Override
    public ACL getACL(Job<?, ?> project) {
        return getACL((AbstractItem) project);
    }

    private ACL acl(String path) {
        return ACL.lambda2((who, asked) -> rules.stream()
                .anyMatch(rule -> rule.permissions.contains(asked) && rule.path.test(path) && rule.who.test(who)));
    }

    @Override
    public Collection<String> getGroups() {
        return Collections.emptySet();
    }

    /** Permissions that wait for a place. */
    public class Grant {
        private final Set<Permission> permissions;

        Grant(Set<Permission> permissions) {
            this.permissions = permissions;
        }

        public GrantOn onRoot() {
            return new GrantOn(String::isEmpty);
        }

        public GrantOn onItems(Item... items) {
            Set<String> names = Arrays.stream(items).map(Item::getFullName).collect(Collectors.toSet());
            return new GrantOn(names::contains);
        }

        /** On the folders and everything in them. */
        public GrantOn onFolders(ItemGroup<?>... folders) {
            List<String> names =
                    Arrays.stream(folders).map(ItemGroup::getFullName).toList();
            return new GrantOn(
                    path -> names.stream().anyMatch(name -> path.equals(name) || path.startsWith(name + "/")));
        }

        public GrantOn everywhere() {
            return new GrantOn(path -> true);
        }

        /** Permissions on a place that wait for users. */
        public class GrantOn {
            private final Predicate<String> path;

            GrantOn(Predicate<String> path) {
                this.path = path;
            }

            private MockAuthorizationStrategy to(Predicate<Authentication> who) {
                rules.add(new Rule(permissions, path, who));
                return MockAuthorizationStrategy.this;
            }

            /** Users or groups. */
            public MockAuthorizationStrategy to(String... sids) {
                Set<String> wanted = Set.of(sids);
                return to(who -> wanted.contains(who.getName())
                        || who.getAuthorities().stream().anyMatch(a -> wanted.contains(a.getAuthority())));
            }

            public MockAuthorizationStrategy to(User... users) {
                return to(Arrays.stream(users).map(User::getId).toArray(String[]::new));
            }

            public MockAuthorizationStrategy toEveryone() {
                return to(who -> true);
            }

            public MockAuthorizationStrategy toAuthenticated() {
                return to(who -> !ACL.isAnonymous2(who));
            }
        }
    }
}
