package jenkins.model;

import com.thoughtworks.xstream.XStream;
import hudson.DescriptorExtensionList;
import hudson.ExtensionList;
import hudson.FilePath;
import hudson.Launcher;
import hudson.LocalPluginManager;
import hudson.PluginManager;
import hudson.Util;
import hudson.XmlFile;
import hudson.init.InitMilestone;
import hudson.model.AbstractCIBase;
import hudson.model.Action;
import hudson.model.Computer;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Failure;
import hudson.model.Hudson;
import hudson.model.Item;
import hudson.model.ItemGroup;
import hudson.model.Job;
import hudson.model.Label;
import hudson.model.ManagementLink;
import hudson.model.Node;
import hudson.model.RootAction;
import hudson.model.TaskListener;
import hudson.model.TopLevelItem;
import hudson.model.TopLevelItemDescriptor;
import hudson.model.UnprotectedRootAction;
import hudson.model.User;
import hudson.model.listeners.SaveableListener;
import hudson.remoting.VirtualChannel;
import hudson.security.ACL;
import hudson.security.AccessControlled;
import hudson.security.AuthorizationStrategy;
import hudson.security.Permission;
import hudson.security.PermissionGroup;
import hudson.security.PermissionScope;
import hudson.security.SecurityRealm;
import hudson.security.csrf.CrumbIssuer;
import hudson.slaves.Cloud;
import hudson.util.DescribableList;
import hudson.util.VersionNumber;
import hudson.util.XStream2;
import io.jenkins.plugins.shera.harness.extension.ExtensionCatalog;
import io.jenkins.plugins.shera.harness.items.ItemPaths;
import io.jenkins.plugins.shera.harness.items.ItemStore;
import io.jenkins.plugins.shera.harness.lifecycle.Lifecycle;
import jakarta.servlet.ServletContext;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;

/** The root of everything: items, extensions, descriptors, security. */
public class Jenkins extends AbstractCIBase implements DirectlyModifiableTopLevelItemGroup, AccessControlled, Loadable {
    public static final PermissionGroup PERMISSIONS = Permission.HUDSON_PERMISSIONS;
    public static final Permission ADMINISTER = Permission.HUDSON_ADMINISTER;
    public static final Permission MANAGE =
            overall("Manage", ADMINISTER, Boolean.getBoolean("jenkins.security.ManagePermission"));
    public static final Permission SYSTEM_READ =
            overall("SystemRead", ADMINISTER, Boolean.getBoolean("jenkins.security.SystemReadPermission"));
    public static final Permission READ = overall("Read", Permission.READ, true);

    /** Nobody in particular. */
    public static final Authentication ANONYMOUS2 =
            new AnonymousAuthenticationToken("anonymous", "anonymous", Set.of(new SimpleGrantedAuthority("anonymous")));

    /** Reads and writes config.xml of Jenkins itself. */
    public static final XStream2 XSTREAM2 = new XStream2();
    /** As {@link #XSTREAM2}. */
    public static final XStream XSTREAM = XSTREAM2;

    /** The version this harness stands for. */
    public static String VERSION = "2.541.3";

    /** Where static files are served, with a part that changes on every start. */
    public static String RESOURCE_PATH = "/static/" + Long.toHexString(System.currentTimeMillis() & 0xffffffffL);

    private static volatile Jenkins theInstance;

    /** $JENKINS_HOME. */
    public final transient File root;

    /** The installed plugins. */
    public final transient PluginManager pluginManager;

    /** Where agents can be had from. */
    public final Hudson.CloudList clouds = new Hudson.CloudList(this);

    private final transient ServletContext context;
    private final transient ItemStore items;
    private final transient Lifecycle lifecycle;
    private final transient hudson.model.Queue queue;
    private final transient hudson.model.FingerprintMap fingerprintMap = new hudson.model.FingerprintMap();
    private final transient Computer computer;
    private final transient Map<Class<?>, ExtensionList<?>> extensionLists = new ConcurrentHashMap<>();
    private final transient Map<Class<?>, DescriptorExtensionList<?, ?>> descriptorLists = new ConcurrentHashMap<>();
    private transient volatile InitMilestone initLevel = InitMilestone.STARTED;
    private transient volatile boolean terminating;
    private transient volatile boolean quietingDown;

    private int numExecutors = 2;
    private String systemMessage;
    private String label;
    private volatile AuthorizationStrategy authorizationStrategy = AuthorizationStrategy.UNSECURED;
    private volatile SecurityRealm securityRealm = SecurityRealm.NO_AUTHENTICATION;
    private volatile CrumbIssuer crumbIssuer;

    protected Jenkins(File root, ServletContext context) throws IOException, InterruptedException {
        this(root, context, null);
    }

    protected Jenkins(File root, ServletContext context, PluginManager pluginManager)
            throws IOException, InterruptedException {
        synchronized (Jenkins.class) {
            if (theInstance != null) {
                throw new IllegalStateException("second instance");
            }
            theInstance = this;
        }
        this.root = root;
        this.context = context;
        Files.createDirectories(root.toPath());
        this.items = new ItemStore(this, new File(root, "jobs"));
        this.lifecycle = new Lifecycle(this);
        this.queue = new hudson.model.Queue(null);
        try {
            this.pluginManager = pluginManager != null ? pluginManager : new LocalPluginManager(context, root);
            this.computer = new MasterComputer(this);
            lifecycle.start(level -> initLevel = level, this::loadItems);
        } catch (IOException | InterruptedException | RuntimeException | Error e) {
            theInstance = null;
            throw e;
        }
    }

    private static Permission overall(String name, Permission impliedBy, boolean enabled) {
        return new Permission(PERMISSIONS, name, HarnessTexts.text(name), impliedBy, enabled, new PermissionScope[] {
            PermissionScope.JENKINS
        });
    }

    /** The running Jenkins; fails when there is none. */
    public static Jenkins get() throws IllegalStateException {
        Jenkins instance = theInstance;
        if (instance == null) {
            throw new IllegalStateException(
                    "Jenkins.instance is missing. Read the documentation of Jenkins.getInstanceOrNull to see what you are doing wrong.");
        }
        return instance;
    }

    /** The running Jenkins, or null. */
    public static Jenkins getInstanceOrNull() {
        return theInstance;
    }

    /** Who the current thread acts for. */
    public static Authentication getAuthentication2() {
        Authentication a = SecurityContextHolder.getContext().getAuthentication();
        return a == null ? ANONYMOUS2 : a;
    }

    public static VersionNumber getVersion() {
        return new VersionNumber(VERSION);
    }

    // --- disk

    @Override
    public File getRootDir() {
        return root;
    }

    @Override
    public FilePath getRootPath() {
        return new FilePath(root);
    }

    protected XmlFile getConfigFile() {
        return new XmlFile(XSTREAM, new File(root, "config.xml"));
    }

    @Override
    public synchronized void save() throws IOException {
        getConfigFile().write(this);
        SaveableListener.fireOnChange(this, getConfigFile());
    }

    @Override
    public synchronized void load() throws IOException {
        if (getConfigFile().exists()) {
            getConfigFile().unmarshal(this);
            clouds.setOwner(this);
        }
    }

    private void loadItems() throws IOException {
        items.load();
    }

    // --- extensions and descriptors

    public PluginManager getPluginManager() {
        return pluginManager;
    }

    /** The extensions of a type. */
    @SuppressWarnings("unchecked")
    public <T> ExtensionList<T> getExtensionList(Class<T> extensionType) {
        return (ExtensionList<T>)
                extensionLists.computeIfAbsent(extensionType, type -> ExtensionList.create(this, type));
    }

    /** The extensions of a type given by name. */
    public ExtensionList getExtensionList(String extensionType) throws ClassNotFoundException {
        return getExtensionList(pluginManager.uberClassLoader.loadClass(extensionType));
    }

    /** The descriptors of a describable type. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public <T extends Describable<T>, D extends Descriptor<T>> DescriptorExtensionList<T, D> getDescriptorList(
            Class<T> type) {
        return (DescriptorExtensionList<T, D>) descriptorLists.computeIfAbsent(
                type, t -> DescriptorExtensionList.createDescriptorList(this, (Class) t));
    }

    /** The descriptor of the given id or describable class, or null. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptor(String id) {
        return Descriptor.find(getExtensionList(Descriptor.class), id);
    }

    /** The descriptor of a describable class, or null. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptor(Class<? extends Describable> type) {
        for (Descriptor d : getExtensionList(Descriptor.class)) {
            if (d.clazz == type) {
                return d;
            }
        }
        return null;
    }

    /** The descriptor of a describable class; fails when there is none. */
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorOrDie(Class<? extends Describable> type) {
        Descriptor d = getDescriptor(type);
        if (d == null) {
            throw new AssertionError(type + " is missing its descriptor");
        }
        return d;
    }

    /** The descriptor of exactly the given class, or null. */
    @SuppressWarnings("rawtypes")
    public <T extends Descriptor> T getDescriptorByType(Class<T> type) {
        for (Descriptor d : getExtensionList(Descriptor.class)) {
            if (d.getClass() == type) {
                return type.cast(d);
            }
        }
        return null;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Descriptor getDescriptorByName(String id) {
        return getDescriptor(id);
    }

    // --- items

    @Override
    public String getFullName() {
        return "";
    }

    @Override
    public String getFullDisplayName() {
        return "";
    }

    @Override
    public String getDisplayName() {
        return "Jenkins";
    }

    @Override
    public String getUrlChildPrefix() {
        return "job";
    }

    @Override
    public List<TopLevelItem> getItems() {
        return items.readable();
    }

    /** The items of a type at the top. */
    public <T> List<T> getItems(Class<T> type) {
        return getItems().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public TopLevelItem getItem(String name) throws AccessDeniedException {
        return items.get(name);
    }

    /** Finds an item by a name relative to a group. */
    public Item getItem(String pathName, ItemGroup context) {
        return ItemPaths.resolve(pathName, context == null ? this : context);
    }

    /** Finds an item by a name relative to another item. */
    public final Item getItem(String pathName, Item context) {
        return getItem(
                pathName,
                context == null ? this : context instanceof ItemGroup ? (ItemGroup<?>) context : context.getParent());
    }

    /** Finds an item of a type by a name relative to another item. */
    public final <T extends Item> T getItem(String pathName, Item context, Class<T> type) {
        Item found = getItem(pathName, context);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    /** Finds an item of a type by a name relative to a group. */
    public final <T extends Item> T getItem(String pathName, ItemGroup context, Class<T> type) {
        Item found = getItem(pathName, context);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    /** The item of the given full name, null when there is none or it may not be read. */
    public Item getItemByFullName(String fullName) {
        return ItemPaths.resolve("/" + fullName, this);
    }

    /** The item of the given full name and type, null when there is none or it may not be read. */
    public <T extends Item> T getItemByFullName(String fullName, Class<T> type) throws AccessDeniedException {
        Item found = getItemByFullName(fullName);
        return type.isInstance(found) ? type.cast(found) : null;
    }

    public Collection<String> getJobNames() {
        return getAllItems(Job.class).stream().map(Item::getFullName).toList();
    }

    public Collection<String> getTopLevelItemNames() {
        return getItems().stream().map(Item::getName).toList();
    }

    @Override
    public synchronized TopLevelItem createProject(TopLevelItemDescriptor type, String name, boolean notify)
            throws IOException {
        return items.create(type, name, notify);
    }

    public final TopLevelItem createProject(TopLevelItemDescriptor type, String name) throws IOException {
        return createProject(type, name, true);
    }

    /** Makes an item at the top. */
    public synchronized <T extends TopLevelItem> T createProject(Class<T> type, String name) throws IOException {
        return type.cast(createProject((TopLevelItemDescriptor) getDescriptorOrDie(type), name));
    }

    @Override
    public TopLevelItem createProjectFromXML(String name, InputStream xml) throws IOException {
        return items.createFromXml(name, xml);
    }

    @Override
    public <T extends TopLevelItem> T copy(T src, String name) throws IOException {
        return items.copy(src, name);
    }

    @Override
    public File getRootDirFor(TopLevelItem child) {
        return items.folder(child.getName());
    }

    @Override
    public boolean canAdd(TopLevelItem item) {
        return true;
    }

    @Override
    public synchronized <I extends TopLevelItem> I add(I item, String name) throws IOException {
        return items.add(item, name);
    }

    @Override
    public void remove(TopLevelItem item) {
        items.remove(item);
    }

    @Override
    public void onRenamed(TopLevelItem job, String oldName, String newName) throws IOException {
        items.renamed(job, oldName, newName);
    }

    @Override
    public void onDeleted(TopLevelItem item) throws IOException {
        items.deleted(item);
    }

    /** Fails when the text cannot name an item. */
    public static void checkGoodName(String name) throws Failure {
        io.jenkins.plugins.shera.harness.items.ItemNames.check(name);
    }

    // --- security

    @Override
    public ACL getACL() {
        return authorizationStrategy.getRootACL();
    }

    public AuthorizationStrategy getAuthorizationStrategy() {
        return authorizationStrategy;
    }

    public void setAuthorizationStrategy(AuthorizationStrategy a) {
        authorizationStrategy = a == null ? AuthorizationStrategy.UNSECURED : a;
    }

    public SecurityRealm getSecurityRealm() {
        return securityRealm;
    }

    public void setSecurityRealm(SecurityRealm securityRealm) {
        this.securityRealm = securityRealm == null ? SecurityRealm.NO_AUTHENTICATION : securityRealm;
    }

    public boolean isUseSecurity() {
        return securityRealm != SecurityRealm.NO_AUTHENTICATION
                || authorizationStrategy != AuthorizationStrategy.UNSECURED;
    }

    public CrumbIssuer getCrumbIssuer() {
        return crumbIssuer;
    }

    public void setCrumbIssuer(CrumbIssuer issuer) {
        crumbIssuer = issuer;
    }

    public boolean isUseCrumbs() {
        return crumbIssuer != null;
    }

    /** The user of the given id, made when missing. */
    public User getUser(String name) {
        return User.get(name, true, Map.of());
    }

    public User getMe() {
        User user = User.current();
        if (user == null) {
            throw new AccessDeniedException("/me is not available when not logged in");
        }
        return user;
    }

    // --- the controller as a node

    @Override
    public String getNodeDescription() {
        return "the Jenkins controller's built-in node";
    }

    @Override
    public Launcher createLauncher(TaskListener listener) {
        return new Launcher.LocalLauncher(listener);
    }

    @Override
    public int getNumExecutors() {
        return numExecutors;
    }

    public void setNumExecutors(int n) throws IOException {
        if (n < 0) {
            throw new IllegalArgumentException("the number of executors cannot be " + n);
        }
        numExecutors = n;
        save();
        queue.scheduleMaintenance();
    }

    @Override
    public Mode getMode() {
        return Mode.NORMAL;
    }

    @Override
    public String getLabelString() {
        return Util.fixNull(label);
    }

    public void setLabelString(String labels) throws IOException {
        label = labels;
        save();
    }

    @Override
    public Computer createComputer() {
        return new MasterComputer(this);
    }

    public Computer getComputer(String name) {
        return name.isEmpty() || name.equals("(built-in)") || name.equals("(master)") ? computer : null;
    }

    public Computer[] getComputers() {
        return new Computer[] {computer};
    }

    public Node getNode(String name) {
        return name.isEmpty() || name.equals("(built-in)") ? this : null;
    }

    public List<Node> getNodes() {
        return List.of();
    }

    public Label getLabel(String expr) {
        return Label.get(expr);
    }

    @Override
    public FilePath getWorkspaceFor(TopLevelItem item) {
        return new FilePath(new File(root, "workspace/" + item.getFullName()));
    }

    /** All fingerprints. */
    public hudson.model.FingerprintMap getFingerprintMap() {
        return fingerprintMap;
    }

    @Override
    public hudson.model.Queue getQueue() {
        return queue;
    }

    public int getQuietPeriod() {
        return 0;
    }

    public boolean isQuietingDown() {
        return quietingDown;
    }

    // --- pages

    public ServletContext getServletContext() {
        return context;
    }

    public String getSystemMessage() {
        return systemMessage;
    }

    public void setSystemMessage(String message) throws IOException {
        systemMessage = message;
        save();
    }

    /** Where people reach this Jenkins, with a slash at the end; null when it is not known. */
    public String getRootUrl() throws IllegalStateException {
        return JenkinsLocationConfiguration.get().getUrl();
    }

    public String getConfiguredRootUrl() {
        return JenkinsLocationConfiguration.get().getUrl();
    }

    /** The root actions, and actions of the web layer. */
    public List<Action> getActions() {
        return new ArrayList<>(getExtensionList(RootAction.class));
    }

    public List<ManagementLink> getManagementLinks() {
        return ManagementLink.all();
    }

    /** The root action or management link at the path segment, or null. */
    public Object getDynamic(String token) {
        for (Action a : getActions()) {
            String url = a.getUrlName();
            if (url != null && (url.equals(token) || url.equals('/' + token))) {
                return a;
            }
        }
        for (Action a : getManagementLinks()) {
            if (token.equals(a.getUrlName())) {
                return a;
            }
        }
        return null;
    }

    public Collection<String> getUnprotectedRootActions() {
        Set<String> names = new TreeSet<>(List.of("jnlpJars"));
        for (Action a : getExtensionList(UnprotectedRootAction.class)) {
            if (a.getUrlName() != null) {
                names.add(a.getUrlName());
            }
        }
        return names;
    }

    @Override
    public String getSearchName() {
        return getDisplayName();
    }

    @Override
    public String getSearchUrl() {
        return "";
    }

    /** Identifies this $JENKINS_HOME. */
    @Deprecated
    public String getLegacyInstanceId() {
        return Util.getDigestOf(root.getAbsolutePath());
    }

    // --- life

    public InitMilestone getInitLevel() {
        return initLevel;
    }

    public boolean isTerminating() {
        return terminating;
    }

    /** Stops everything; the next Jenkins may start in the same process. */
    public void cleanUp() {
        if (theInstance != this || terminating) {
            return;
        }
        terminating = true;
        try {
            lifecycle.stop(computer::interrupt);
        } finally {
            ExtensionCatalog.forget(this);
            theInstance = null;
        }
    }

    /** The computer of the controller. */
    public static class MasterComputer extends Computer {
        protected MasterComputer() {
            this(Jenkins.get());
        }

        MasterComputer(Jenkins jenkins) {
            super(jenkins);
        }

        @Override
        public VirtualChannel getChannel() {
            return FilePath.localChannel;
        }

        @Override
        public java.nio.charset.Charset getDefaultCharset() {
            return java.nio.charset.Charset.defaultCharset();
        }

        @Override
        public Boolean isUnix() {
            return File.separatorChar == '/';
        }
    }

    /** Clouds by name. */
    public static class CloudList extends DescribableList<Cloud, Descriptor<Cloud>> {
        /** For XStream. */
        public CloudList() {}

        public CloudList(Jenkins owner) {
            super(owner);
        }

        /** The cloud of this name, or null. */
        public Cloud getByName(String name) {
            return stream().filter(cloud -> cloud.name.equals(name)).findFirst().orElse(null);
        }
    }
}
