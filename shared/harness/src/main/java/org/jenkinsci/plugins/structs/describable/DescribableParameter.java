package org.jenkinsci.plugins.structs.describable;

import io.jenkins.plugins.shera.harness.pipeline.GenericTypes;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Type;

/** One named parameter of a data-bound class. */
public final class DescribableParameter {
    private final String name;
    private final Type type;
    private final AnnotatedElement setter;

    DescribableParameter(String name, Type type, AnnotatedElement setter) {
        this.name = name;
        this.type = type;
        this.setter = setter;
    }

    public String getName() {
        return name;
    }

    /** The type as declared. */
    public Type getRawType() {
        return type;
    }

    public Class<?> getErasedType() {
        return GenericTypes.erase(type);
    }

    /** True for a parameter of the constructor. */
    public boolean isRequired() {
        return setter == null;
    }

    void set(Object target, Object value) throws ReflectiveOperationException {
        try {
            if (setter instanceof Method method) {
                method.invoke(target, value);
            } else {
                ((Field) setter).set(target, value);
            }
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }

    @Override
    public String toString() {
        return name + (isRequired() ? ": " : "?: ") + type.getTypeName();
    }
}
