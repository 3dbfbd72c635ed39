package hudson.model;

import hudson.ExtensionList;
import hudson.XmlFile;
import hudson.security.Permission;
import io.jenkins.plugins.shera.harness.extension.TypeArguments;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.GlobalConfigurationCategory;
import jenkins.model.Jenkins;
import jenkins.model.Loadable;
import jenkins.util.io.OnMaster;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.kohsuke.stapler.StaplerRequest2;

/** What Jenkins knows of a describable class: its name, its forms, its global configuration. */
public abstract class Descriptor<T extends Describable<T>> implements Loadable, Saveable, OnMaster {
    private static final Logger LOGGER = Logger.getLogger(Descriptor.class.getName());

    /** The described class. */
    public final transient Class<? extends T> clazz;

    protected Descriptor(Class<? extends T> clazz) {
        this.clazz = clazz == self() ? thisAsDescribable() : clazz;
    }

    @SuppressWarnings("unchecked")
    protected Descriptor() {
        this.clazz = (Class<T>) getClass().getEnclosingClass();
        if (clazz == null) {
            throw new AssertionError(
                    getClass() + " doesn't have an outer class. Use the constructor that takes the class.");
        }
        if (!Describable.class.isAssignableFrom(clazz)) {
            throw new AssertionError(clazz + " doesn't extend Describable");
        }
    }

    @SuppressWarnings("unchecked")
    private Class<? extends T> thisAsDescribable() {
        return (Class<? extends T>) getClass();
    }

    /** Stands for "the descriptor is its own describable". */
    protected static Class self() {
        return Self.class;
    }

    /** Marks a descriptor of itself. */
    public static final class Self {}

    /** The name shown. */
    public String getDisplayName() {
        return clazz.getSimpleName();
    }

    /** Identifies the descriptor among all; the class name unless overridden. */
    public String getId() {
        return clazz.getName();
    }

    /** The id made safe for a JSON key. */
    public final String getJsonSafeClassName() {
        return getId().replace('.', '-');
    }

    /** The type parameter: the kind of thing described. */
    @SuppressWarnings("unchecked")
    public Class<T> getT() {
        return (Class<T>) TypeArguments.first(getClass(), Descriptor.class);
    }

    /** Whether the instance is of the described class. */
    public final boolean isInstance(T instance) {
        return clazz.isInstance(instance);
    }

    /** Whether the described class is a subtype of the given one. */
    public final boolean isSubTypeOf(Class type) {
        return type.isAssignableFrom(clazz);
    }

    /** Where Stapler finds this descriptor, relative to the context path. */
    public String getDescriptorUrl() {
        return "descriptorByName/" + getId();
    }

    /** The path of the view used to configure an instance, or null when there is none. */
    public String getConfigPage() {
        return getViewPage(clazz, "config.jelly");
    }

    /** The path of the view used in the global configuration, or null when there is none. */
    public String getGlobalConfigPage() {
        return getViewPage(getClass(), "global.jelly", null);
    }

    /** Which page of the global configuration shows this. */
    public GlobalConfigurationCategory getCategory() {
        return GlobalConfigurationCategory.get(GlobalConfigurationCategory.Unclassified.class);
    }

    /** Who may change the global configuration of this. */
    public Permission getRequiredGlobalConfigPagePermission() {
        return Jenkins.ADMINISTER;
    }

    /** Makes an instance from a form. */
    public T newInstance(StaplerRequest2 req, JSONObject formData) throws FormException {
        return req.bindJSON(clazz, formData);
    }

    /** Takes over the global configuration from a form; whether all is well. */
    public boolean configure(StaplerRequest2 req, JSONObject json) throws FormException {
        return true;
    }

    /** Makes a list of instances from a form with several kinds. */
    public static <T extends Describable<T>> List<T> newInstancesFromHeteroList(
            StaplerRequest2 req, JSONObject formData, String key, Collection<? extends Descriptor<T>> descriptors)
            throws FormException {
        return newInstancesFromHeteroList(req, formData.get(key), descriptors);
    }

    /** Makes a list of instances from a form with several kinds. */
    public static <T extends Describable<T>> List<T> newInstancesFromHeteroList(
            StaplerRequest2 req, Object formData, Collection<? extends Descriptor<T>> descriptors)
            throws FormException {
        List<T> made = new ArrayList<>();
        if (formData == null) {
            return made;
        }
        for (Object each : JSONArray.fromObject(formData)) {
            JSONObject json = (JSONObject) each;
            String kind = json.optString("kind", json.optString("$class", json.optString("stapler-class")));
            Descriptor<T> d = find(descriptors, kind);
            if (d == null) {
                throw new FormException("unknown kind " + kind, "kind");
            }
            made.add(d.newInstance(req, json));
        }
        return made;
    }

    protected final String getViewPage(Class<?> type, String pageName) {
        return getViewPage(type, pageName, pageName);
    }

    private static String getViewPage(Class<?> type, String pageName, String otherwise) {
        for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
            String path = c.getName().replace('.', '/').replace('$', '/') + '/' + pageName;
            if (c.getClassLoader() != null && c.getClassLoader().getResource(path) != null) {
                return '/' + path;
            }
        }
        return otherwise;
    }

    /** The file that {@link #save} writes. */
    protected XmlFile getConfigFile() {
        return new XmlFile(new File(Jenkins.get().getRootDir(), getId() + ".xml"));
    }

    @Override
    public synchronized void save() {
        try {
            getConfigFile().write(this);
            hudson.model.listeners.SaveableListener.fireOnChange(this, getConfigFile());
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Failed to save " + getConfigFile(), e);
        }
    }

    @Override
    public synchronized void load() {
        XmlFile file = getConfigFile();
        if (!file.exists()) {
            return;
        }
        try {
            file.unmarshal(this);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, "Failed to load " + file, e);
        }
    }

    /** The descriptor of the given id or described class name, or null. */
    public static <T extends Descriptor> T find(Collection<? extends T> list, String string) {
        T byClass = findByClassName(list, string);
        return byClass != null ? byClass : findById(list, string);
    }

    private static <T extends Descriptor> T findByClassName(Collection<? extends T> list, String className) {
        for (T d : list) {
            if (d.getClass().getName().equals(className)) {
                return d;
            }
        }
        return findByDescribableClassName(list, className);
    }

    /** The descriptor of the given id, or null. */
    public static <T extends Descriptor> T findById(Collection<? extends T> list, String id) {
        for (T d : list) {
            if (d.getId().equals(id)) {
                return d;
            }
        }
        return null;
    }

    /** The descriptor whose described class has the given name, or null. */
    public static <T extends Descriptor> T findByDescribableClassName(Collection<? extends T> list, String className) {
        for (T d : list) {
            if (d.clazz.getName().equals(className)) {
                return d;
            }
        }
        return null;
    }

    /** Among all descriptors. */
    public static Descriptor find(String className) {
        return find(ExtensionList.lookup(Descriptor.class), className);
    }

    /** A form could not be accepted; the field says which one. */
    public static class FormException extends Exception {
        private static final long serialVersionUID = 1L;
        private final String formField;

        public FormException(String message, String formField) {
            super(message);
            this.formField = formField;
        }

        public FormException(String message, Throwable cause, String formField) {
            super(message, cause);
            this.formField = formField;
        }

        public FormException(Throwable cause, String formField) {
            super(cause);
            this.formField = formField;
        }

        /** The field at fault. */
        public String getFormField() {
            return formField;
        }
    }
}
