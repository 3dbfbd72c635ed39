package com.cloudbees.plugins.credentials;

import com.cloudbees.plugins.credentials.common.IdCredentials;
import com.cloudbees.plugins.credentials.domains.DomainRequirement;
import hudson.ExtensionList;
import hudson.ExtensionPoint;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.ModelObject;
import hudson.model.Queue;
import hudson.model.Run;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.util.ListBoxModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** Knows where credentials are kept. */
public abstract class CredentialsProvider extends Descriptor<CredentialsProvider>
        implements ExtensionPoint, Describable<CredentialsProvider> {
    public static final PermissionGroup GROUP =
            new PermissionGroup(CredentialsProvider.class, CredentialsTexts.text("Credentials"));
    public static final Permission CREATE = permission("Create", Permission.CREATE, true);
    public static final Permission UPDATE = permission("Update", Permission.UPDATE, true);
    public static final Permission VIEW = permission("View", Permission.READ, true);
    public static final Permission DELETE = permission("Delete", Permission.DELETE, true);
    public static final Permission MANAGE_DOMAINS = permission("ManageDomains", Permission.CONFIGURE, true);
    public static final Permission USE_OWN =
            permission("UseOwn", Item.BUILD, Boolean.getBoolean("com.cloudbees.plugins.credentials.UseOwnPermission"));
    public static final Permission USE_ITEM = permission(
            "UseItem", Item.CONFIGURE, Boolean.getBoolean("com.cloudbees.plugins.credentials.UseItemPermission"));

    public CredentialsProvider() {
        super(self());
    }

    private static Permission permission(String name, Permission impliedBy, boolean enabled) {
        return new Permission(
                GROUP, name, CredentialsTexts.text("Credentials"), impliedBy, enabled, new PermissionScope[] {
                    PermissionScope.ITEM_GROUP, PermissionScope.ITEM, PermissionScope.JENKINS
                });
    }

    @Override
    public Descriptor<CredentialsProvider> getDescriptor() {
        return this;
    }

    /** The credentials that items of the group may use on behalf of the user. */
    public <C extends Credentials> List<C> getCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication, List<DomainRequirement> requirements) {
        return List.of();
    }

    /** The credentials that the item may use on behalf of the user. */
    public <C extends Credentials> List<C> getCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        ItemGroup<?> group = item instanceof ItemGroup ? (ItemGroup<?>) item : item.getParent();
        return getCredentialsInItemGroup(type, group, authentication, requirements);
    }

    /** The store this provider has for the object, or null. */
    public CredentialsStore getStore(ModelObject object) {
        return null;
    }

    public Set<CredentialsScope> getScopes(ModelObject object) {
        return null;
    }

    /** All providers. */
    public static List<CredentialsProvider> enabled() {
        return ExtensionList.lookup(CredentialsProvider.class);
    }

    /** The stores of the object itself and of what it stands in. */
    public static Iterable<CredentialsStore> lookupStores(ModelObject context) {
        List<CredentialsStore> stores = new ArrayList<>();
        ModelObject at = context;
        while (at != null) {
            for (CredentialsProvider provider : enabled()) {
                CredentialsStore store = provider.getStore(at);
                if (store != null) {
                    stores.add(store);
                }
            }
            at = at instanceof Item ? ((Item) at).getParent() : null;
        }
        return stores;
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication) {
        return lookupCredentialsInItem(type, item, authentication, List.of());
    }

    /** The credentials of a type that the item may use on behalf of the user; null item for all of Jenkins. */
    public static <C extends Credentials> List<C> lookupCredentialsInItem(
            Class<C> type, Item item, Authentication authentication, List<DomainRequirement> requirements) {
        if (item == null) {
            return lookupCredentialsInItemGroup(type, Jenkins.get(), authentication, requirements);
        }
        return distinct(provider -> provider.getCredentialsInItem(type, item, who(authentication), list(requirements)));
    }

    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication) {
        return lookupCredentialsInItemGroup(type, itemGroup, authentication, List.of());
    }

    /** The credentials of a type that items of the group may use on behalf of the user. */
    public static <C extends Credentials> List<C> lookupCredentialsInItemGroup(
            Class<C> type, ItemGroup itemGroup, Authentication authentication, List<DomainRequirement> requirements) {
        ItemGroup<?> group = itemGroup == null ? Jenkins.get() : itemGroup;
        return distinct(
                provider -> provider.getCredentialsInItemGroup(type, group, who(authentication), list(requirements)));
    }

    private static Authentication who(Authentication authentication) {
        return authentication == null ? ACL.SYSTEM2 : authentication;
    }

    private static List<DomainRequirement> list(List<DomainRequirement> requirements) {
        return requirements == null ? List.of() : requirements;
    }

    private static <C extends Credentials> List<C> distinct(Function<CredentialsProvider, List<C>> ask) {
        Map<String, C> found = new LinkedHashMap<>();
        // the nearest folder wins over Jenkins
        for (CredentialsProvider provider : enabled()) {
            for (C c : ask.apply(provider)) {
                found.putIfAbsent(c instanceof IdCredentials ? ((IdCredentials) c).getId() : c.toString(), c);
            }
        }
        return new ArrayList<>(found.values());
    }

    /** The choices for a form. */
    public static <C extends IdCredentials> ListBoxModel listCredentialsInItem(
            Class<C> type,
            Item item,
            Authentication authentication,
            List<DomainRequirement> requirements,
            CredentialsMatcher matcher) {
        ListBoxModel model = new ListBoxModel();
        for (C c : lookupCredentialsInItem(type, item, authentication, requirements)) {
            if (matcher == null || matcher.matches(c)) {
                model.add(CredentialsNameProvider.name(c), c.getId());
            }
        }
        return model;
    }

    /** The choices for a form. */
    public static <C extends IdCredentials> ListBoxModel listCredentialsInItemGroup(
            Class<C> type,
            ItemGroup itemGroup,
            Authentication authentication,
            List<DomainRequirement> requirements,
            CredentialsMatcher matcher) {
        ListBoxModel model = new ListBoxModel();
        for (C c : lookupCredentialsInItemGroup(type, itemGroup, authentication, requirements)) {
            if (matcher == null || matcher.matches(c)) {
                model.add(CredentialsNameProvider.name(c), c.getId());
            }
        }
        return model;
    }

    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, DomainRequirement... domainRequirements) {
        return findCredentialById(id, type, run, Arrays.asList(domainRequirements));
    }

    /** The credentials of the id that the build may use, or null. */
    public static <C extends IdCredentials> C findCredentialById(
            String id, Class<C> type, Run<?, ?> run, List<DomainRequirement> domainRequirements) {
        Objects.requireNonNull(id);
        Authentication who = run.getParent() instanceof Queue.Task
                ? Tasks.getAuthenticationOf2((Queue.Task) run.getParent())
                : ACL.SYSTEM2;
        return CredentialsMatchers.firstOrNull(
                lookupCredentialsInItem(type, run.getParent(), who, domainRequirements),
                CredentialsMatchers.withId(id));
    }

    /** Notes that the build used the credentials; the harness keeps no such notes. */
    public static <C extends Credentials> C track(Run build, C credentials) {
        return credentials;
    }

    /** Notes that the item used the credentials; the harness keeps no such notes. */
    public static <C extends Credentials> C track(Item item, C credentials) {
        return credentials;
    }
}
