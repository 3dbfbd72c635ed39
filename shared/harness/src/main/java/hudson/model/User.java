package hudson.model;

import hudson.Util;
import hudson.XmlFile;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.util.XStream2;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UsernameNotFoundException;

/** A person known to Jenkins. */
public class User extends AbstractModelObject
        implements AccessControlled, DescriptorByNameOwner, Loadable, Saveable, Comparable<User> {
    /** Reads and writes config.xml of users. */
    public static final XStream2 XSTREAM = new XStream2();

    private static final Map<File, Map<String, User>> USERS = new ConcurrentHashMap<>();

    private transient String id;
    private String fullName;
    private String description;
    private List<UserProperty> properties = new ArrayList<>();

    private User(String id, String fullName) {
        this.id = id;
        this.fullName = fullName;
    }

    private static Map<String, User> users() {
        return USERS.computeIfAbsent(
                Jenkins.get().getRootDir(), root -> new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER));
    }

    /** The user of the given id; made, but not saved, when missing and wanted. */
    public static User getById(String id, boolean create) {
        return get(id, create, Map.of());
    }

    /** As {@link #getById}. */
    public static User get(String idOrFullName, boolean create, Map context) {
        if (idOrFullName == null || idOrFullName.isBlank()) {
            return null;
        }
        User known = users().get(idOrFullName);
        if (known != null) {
            return known;
        }
        User user = new User(idOrFullName, idOrFullName);
        if (user.getConfigFile().exists()) {
            try {
                user.load();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } else if (!create) {
            return null;
        }
        User raced = users().putIfAbsent(idOrFullName, user);
        return raced == null ? user : raced;
    }

    /** The user of an authentication; null for nobody. */
    public static User get2(Authentication a) {
        return a == null || ACL.isAnonymous2(a) || a.equals(ACL.SYSTEM2) ? null : getById(a.getName(), true);
    }

    /** The current user, or null. */
    public static User current() {
        return get2(Jenkins.getAuthentication2());
    }

    /** Every user that was saved or used. */
    public static Collection<User> getAll() {
        File[] folders = new File(Jenkins.get().getRootDir(), "users").listFiles(File::isDirectory);
        if (folders != null) {
            for (File folder : folders) {
                getById(java.net.URLDecoder.decode(folder.getName(), StandardCharsets.UTF_8), false);
            }
        }
        return List.copyOf(users().values());
    }

    private XmlFile getConfigFile() {
        return new XmlFile(XSTREAM, new File(getUserFolder(), "config.xml"));
    }

    public File getUserFolder() {
        return new File(
                Jenkins.get().getRootDir(),
                "users/" + Util.rawEncode(id.toLowerCase(Locale.ENGLISH)).replace(".", "%2E"));
    }

    public String getId() {
        return id;
    }

    public String getFullName() {
        return fullName;
    }

    public void setFullName(String name) {
        fullName = Util.fixEmptyAndTrim(name) == null ? id : name;
    }

    @Override
    public String getDisplayName() {
        return getFullName();
    }

    public String getDescription() {
        return description;
    }

    public void setDescription(String description) {
        this.description = description;
    }

    public String getUrl() {
        return "user/" + Util.rawEncode(id);
    }

    @Override
    public String getSearchName() {
        return id;
    }

    @Override
    public String getSearchUrl() {
        return "/user/" + Util.rawEncode(id);
    }

    /** Adds or replaces a property, without saving. */
    public synchronized void addProperty(UserProperty p) throws IOException {
        properties.removeIf(old -> old.getClass() == p.getClass());
        p.setUser(this);
        properties.add(p);
    }

    /** The property of a class, or null. */
    public synchronized <T extends UserProperty> T getProperty(Class<T> clazz) {
        return properties.stream()
                .filter(clazz::isInstance)
                .map(clazz::cast)
                .findFirst()
                .orElse(null);
    }

    /** An authentication of this user with the groups its realm gives; fails when the realm does not know the user. */
    public Authentication impersonate2() throws UsernameNotFoundException {
        return new UsernamePasswordAuthenticationToken(
                id, "", getUserDetailsForImpersonation2().getAuthorities());
    }

    /** What the security realm knows of the user now; fails when it has nobody of this name. */
    public UserDetails getUserDetailsForImpersonation2() throws UsernameNotFoundException {
        try {
            return Jenkins.get().getSecurityRealm().loadUserByUsername2(id);
        } catch (UsernameNotFoundException e) {
            if (Jenkins.get().getSecurityRealm() != hudson.security.SecurityRealm.NO_AUTHENTICATION) {
                throw e;
            }
            return new org.springframework.security.core.userdetails.User(
                    id, "", List.of(hudson.security.SecurityRealm.AUTHENTICATED_AUTHORITY2));
        }
    }

    @Override
    public ACL getACL() {
        ACL base = Jenkins.get().getAuthorizationStrategy().getACL(this);
        return ACL.lambda2((a, permission) -> a.getName().equalsIgnoreCase(id) || base.hasPermission2(a, permission));
    }

    @Override
    public synchronized void save() throws IOException {
        getConfigFile().write(this);
        hudson.model.listeners.SaveableListener.fireOnChange(this, getConfigFile());
    }

    @Override
    public synchronized void load() throws IOException {
        getConfigFile().unmarshal(this);
        properties.forEach(p -> p.setUser(this));
    }

    /** Forgets the user and deletes what is saved. */
    public void delete() throws IOException {
        users().remove(id);
        Util.deleteRecursive(getUserFolder());
    }

    @Override
    public int compareTo(User that) {
        return id.compareTo(that.id);
    }

    @Override
    public String toString() {
        return id;
    }
}
