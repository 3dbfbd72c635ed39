package io.jenkins.plugins.shera.annotation;

import java.io.IOException;
import java.io.Writer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.StandardLocation;

/**
 * Lists, for every annotation that is itself annotated with {@code @Indexed}, the classes that carry it (on themselves
 * or on a member) in {@code META-INF/services/annotations/<annotation>}.
 */
@SupportedAnnotationTypes("*")
public final class IndexProcessor extends AbstractProcessor {
    private static final String INDEXED = "org.jvnet.hudson.annotation_indexer.Indexed";
    private static final String FOLDER = "META-INF/services/annotations/";

    private final Map<String, Set<String>> index = new TreeMap<>();

    /** Creates the processor; javac does so by name. */
    public IndexProcessor() {}

    @Override
    public SourceVersion getSupportedSourceVersion() {
        return SourceVersion.latestSupported();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
        for (TypeElement annotation : annotations) {
            if (isIndexed(annotation)) {
                Set<String> classes = index.computeIfAbsent(binaryName(annotation), name -> new TreeSet<>());
                round.getElementsAnnotatedWith(annotation).forEach(element -> classes.add(classOf(element)));
            }
        }
        if (round.processingOver()) {
            index.forEach(this::write);
        }
        return false;
    }

    private static boolean isIndexed(TypeElement annotation) {
        for (AnnotationMirror mirror : annotation.getAnnotationMirrors()) {
            if (((TypeElement) mirror.getAnnotationType().asElement())
                    .getQualifiedName()
                    .contentEquals(INDEXED)) {
                return true;
            }
        }
        return false;
    }

    private String classOf(Element element) {
        Element at = element;
        while (at.getKind() != ElementKind.PACKAGE
                && !at.getKind().isClass()
                && !at.getKind().isInterface()) {
            at = at.getEnclosingElement();
        }
        return at.getKind() == ElementKind.PACKAGE ? at + ".package-info" : binaryName((TypeElement) at);
    }

    private String binaryName(TypeElement type) {
        return processingEnv.getElementUtils().getBinaryName(type).toString();
    }

    private void write(String annotation, Set<String> classes) {
        try (Writer out = processingEnv
                .getFiler()
                .createResource(StandardLocation.CLASS_OUTPUT, "", FOLDER + annotation)
                .openWriter()) {
            for (String name : classes) {
                out.write(name + "\n");
            }
        } catch (IOException e) {
            processingEnv
                    .getMessager()
                    .printMessage(Diagnostic.Kind.ERROR, "cannot write the index of @" + annotation + ": " + e);
        }
    }
}
