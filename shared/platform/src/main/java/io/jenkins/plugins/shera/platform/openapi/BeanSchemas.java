package io.jenkins.plugins.shera.platform.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.util.Calendar;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** Schemas of what Stapler's remote API exports of a class, by the names and annotations that Stapler goes by. */
final class BeanSchemas {
    private final Map<String, ObjectNode> schemas = new TreeMap<>();
    private final Map<String, Class<?>> names = new TreeMap<>();

    /** The reference to the schema of an exported class; it and what it exports are made on the way. */
    String reference(Class<?> bean) {
        String name = nameOf(bean);
        if (!schemas.containsKey(name)) {
            ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
            schemas.put(name, schema);
            ObjectNode properties = schema.putObject("properties");
            exported(bean).forEach((property, type) -> properties.set(property, schemaOf(type)));
        }
        return "#/components/schemas/" + name;
    }

    Map<String, ObjectNode> schemas() {
        return Collections.unmodifiableMap(schemas);
    }

    private String nameOf(Class<?> bean) {
        String simple = bean.getSimpleName();
        Class<?> known = names.putIfAbsent(simple, bean);
        if (known == null || known == bean) {
            return simple;
        }
        String whole = bean.getName().replaceAll("[^A-Za-z0-9]", "_");
        names.put(whole, bean);
        return whole;
    }

    private static Map<String, Type> exported(Class<?> bean) {
        Map<String, Type> found = new TreeMap<>();
        for (Class<?> type = bean; type != null && type != Object.class; type = type.getSuperclass()) {
            for (Method method : type.getDeclaredMethods()) {
                if (isExported(method, method.getModifiers()) && !method.isBridge()) {
                    found.putIfAbsent(nameOf(method, property(method.getName())), method.getGenericReturnType());
                }
            }
            for (Field field : type.getDeclaredFields()) {
                if (isExported(field, field.getModifiers())) {
                    found.putIfAbsent(nameOf(field, field.getName()), field.getGenericType());
                }
            }
        }
        return found;
    }

    private static boolean isExported(AnnotatedElement member, int modifiers) {
        return member.isAnnotationPresent(Exported.class) && Modifier.isPublic(modifiers);
    }

    private static String nameOf(AnnotatedElement member, String otherwise) {
        String given = member.getAnnotation(Exported.class).name();
        return given.isEmpty() ? otherwise : given;
    }

    private static String property(String getter) {
        String rest = getter.replaceFirst("^(get|is)(?=[A-Z])", "");
        return rest.substring(0, 1).toLowerCase(Locale.ENGLISH) + rest.substring(1);
    }

    private ObjectNode schemaOf(Type type) {
        if (type instanceof ParameterizedType parameterized) {
            Class<?> raw = (Class<?>) parameterized.getRawType();
            if (Collection.class.isAssignableFrom(raw)) {
                return array(parameterized.getActualTypeArguments()[0]);
            }
            return schemaOf(raw);
        }
        if (type instanceof WildcardType wildcard) {
            return schemaOf(wildcard.getUpperBounds()[0]);
        }
        Class<?> raw = type instanceof Class<?> known ? known : Object.class;
        if (raw.isArray()) {
            return array(raw.getComponentType());
        }
        if (raw.isAnnotationPresent(ExportedBean.class)) {
            return JsonNodeFactory.instance.objectNode().put("$ref", reference(raw));
        }
        return simple(raw);
    }

    private ObjectNode array(Type of) {
        ObjectNode array = JsonNodeFactory.instance.objectNode().put("type", "array");
        array.set("items", schemaOf(of));
        return array;
    }

    private static ObjectNode simple(Class<?> type) {
        String name = "object";
        if (type == String.class || type.isEnum()) {
            name = "string";
        } else if (type == boolean.class || type == Boolean.class) {
            name = "boolean";
        } else if (type == double.class || type == Double.class || type == float.class || type == Float.class) {
            name = "number";
        } else if (type.isPrimitive()
                || Number.class.isAssignableFrom(type)
                || Date.class.isAssignableFrom(type)
                || Calendar.class.isAssignableFrom(type)) {
            name = "integer";
        }
        return JsonNodeFactory.instance.objectNode().put("type", name);
    }
}
