package io.jenkins.plugins.shera.harness.pages;

import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.DescriptorByNameOwner;
import hudson.util.Secret;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import org.jvnet.tiger_types.Types;
import org.kohsuke.stapler.Ancestor;
import org.kohsuke.stapler.ClassDescriptor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.Stapler;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.interceptor.RequirePOST;
import org.kohsuke.stapler.verb.POST;

/** What the form tags ask of a descriptor: where a field is checked and filled, what it holds, where its help is. */
public final class FormFields {
    /** The address of {@code doCheckX}; null if the descriptor does not check the field. */
    public String checkUrl(Descriptor<?> descriptor, String field) {
        Method check = method(descriptor, "doCheck" + capital(field));
        return check == null ? null : addressOf(descriptor) + "/check" + capital(field);
    }

    /** "post" if the check takes POST only. */
    public String checkMethod(Descriptor<?> descriptor, String field) {
        Method check = method(descriptor, "doCheck" + capital(field));
        return check != null && (has(check, POST.class) || has(check, RequirePOST.class)) ? "post" : null;
    }

    /** The fields beside its own value that the check reads. */
    public String checkDependsOn(Descriptor<?> descriptor, String field) {
        return dependsOn(method(descriptor, "doCheck" + capital(field)));
    }

    public String fillUrl(Descriptor<?> descriptor, String field) {
        Method fill = method(descriptor, "doFill" + capital(field) + "Items");
        return fill == null ? null : addressOf(descriptor) + "/fill" + capital(field) + "Items";
    }

    public String fillDependsOn(Descriptor<?> descriptor, String field) {
        return dependsOn(method(descriptor, "doFill" + capital(field) + "Items"));
    }

    /** The address of a web method of the descriptor, as for a validate button. */
    public String addressOf(Descriptor<?> descriptor) {
        StaplerRequest2 request = Stapler.getCurrentRequest2();
        String base = request.getContextPath();
        List<Ancestor> ancestors = request.getAncestors();
        for (int i = ancestors.size() - 1; i >= 0; i--) {
            if (ancestors.get(i).getObject() instanceof DescriptorByNameOwner) {
                base = ancestors.get(i).getUrl();
                break;
            }
        }
        return base + "/" + descriptor.getDescriptorUrl();
    }

    /** The address of the help of the field (of the whole for an empty name); null if nobody wrote one. */
    public String help(Descriptor<?> descriptor, String field) {
        if (descriptor == null || DescriptorPages.find(descriptor, field == null ? "" : field, Locale.ROOT) == null) {
            return null;
        }
        String root = Stapler.getCurrentRequest2().getContextPath();
        return root + "/descriptor/" + descriptor.getId() + "/help/" + (field == null ? "" : field);
    }

    /** The class of the parts of a list, or of the field itself. */
    public Class<?> partType(Descriptor<?> descriptor, String field) {
        Type type = typeOf(descriptor.clazz, field);
        Class<?> raw = Types.erasure(type);
        if (raw.isArray()) {
            return raw.getComponentType();
        }
        if (Iterable.class.isAssignableFrom(raw)) {
            Type base = Types.getBaseClass(type, Iterable.class);
            return base instanceof ParameterizedType p ? Types.erasure(p.getActualTypeArguments()[0]) : Object.class;
        }
        return raw;
    }

    /** The descriptor of the parts of a list; fails if they have none of their own. */
    public Descriptor<?> partDescriptor(Descriptor<?> descriptor, String field) {
        return Jenkins.get().getDescriptorOrDie(partType(descriptor, field).asSubclass(Describable.class));
    }

    /** Every descriptor that could stand in the field. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    public List<Descriptor<?>> choices(Descriptor<?> descriptor, String field) {
        Class type = partType(descriptor, field);
        List<Descriptor<?>> choices = new ArrayList<>();
        for (Object each : Jenkins.get().getDescriptorList(type)) {
            choices.add((Descriptor<?>) each);
        }
        return choices;
    }

    /** The names of an enum field. */
    public Object[] constants(Descriptor<?> descriptor, String field) {
        return partType(descriptor, field).getEnumConstants();
    }

    /** A secret leaves the server encrypted only. */
    public String concealed(Object value) {
        if (value == null || value.toString().isEmpty()) {
            return "";
        }
        return value instanceof Secret secret
                ? secret.getEncryptedValue()
                : Secret.fromString(value.toString()).getEncryptedValue();
    }

    private static Type typeOf(Class<?> type, String field) {
        String getter = capital(field);
        for (Method method : type.getMethods()) {
            boolean named =
                    method.getName().equals("get" + getter) || method.getName().equals("is" + getter);
            if (named && method.getParameterCount() == 0 && !method.isBridge()) {
                return method.getGenericReturnType();
            }
        }
        for (Field each : type.getFields()) {
            if (each.getName().equals(field)) {
                return each.getGenericType();
            }
        }
        throw new IllegalArgumentException(type.getName() + " has neither getter nor public field for " + field);
    }

    private static Method method(Descriptor<?> descriptor, String name) {
        return descriptor == null || name.endsWith("null")
                ? null
                : Stream.of(descriptor.getClass().getMethods())
                        .filter(m -> m.getName().equals(name) && !m.isBridge())
                        .findFirst()
                        .orElse(null);
    }

    private static String dependsOn(Method method) {
        if (method == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        String[] parameters = ClassDescriptor.loadParameterNames(method);
        Annotation[][] annotations = method.getParameterAnnotations();
        for (int i = 0; i < annotations.length; i++) {
            for (Annotation annotation : annotations[i]) {
                if (annotation instanceof QueryParameter query) {
                    String name = query.value().isEmpty() ? parameters[i] : query.value();
                    if (!name.equals("value")) {
                        names.add(name);
                    }
                }
            }
        }
        return names.isEmpty() ? null : String.join(" ", names);
    }

    private static boolean has(Method method, Class<? extends Annotation> annotation) {
        return method.isAnnotationPresent(annotation);
    }

    private static String capital(String field) {
        return field == null || field.isEmpty() ? "null" : Character.toUpperCase(field.charAt(0)) + field.substring(1);
    }
}
