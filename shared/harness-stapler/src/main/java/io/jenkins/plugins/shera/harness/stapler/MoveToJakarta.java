package io.jenkins.plugins.shera.harness.stapler;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Enumeration;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;

/** Unpacks the old jars into one folder, each class with the names of {@link JakartaNames}. Run by the build of this module. */
public final class MoveToJakarta {
    /** Groovy views are not used, and this service would take part in every compilation of a Pipeline script. */
    private static final Pattern LEFT_OUT = Pattern.compile("module-info\\.class|project\\.properties|target/.*"
            + "|META-INF/(MANIFEST.MF|versions/.*|maven/.*|services/org\\.codehaus\\.groovy\\..*)"
            + "|org/kohsuke/stapler/(framework/prototype|lang/util)/.*|.*\\.(gif|js)");

    private MoveToJakarta() {}

    /** The folder to write to, then the jars. */
    public static void main(String[] args) throws IOException {
        Path target = Path.of(args[0]);
        for (int i = 1; i < args.length; i++) {
            unpack(Path.of(args[i]), target);
        }
    }

    private static void unpack(Path source, Path target) throws IOException {
        try (JarFile jar = new JarFile(source.toFile())) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                if (entry.isDirectory() || LEFT_OUT.matcher(entry.getName()).matches()) {
                    continue;
                }
                try (InputStream in = jar.getInputStream(entry)) {
                    if (entry.getName().endsWith(".class")) {
                        writeClass(in.readAllBytes(), target);
                    } else {
                        Path file = inside(target, entry.getName());
                        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                    }
                }
            }
        }
    }

    private static void writeClass(byte[] old, Path target) throws IOException {
        ClassReader reader = new ClassReader(old);
        ClassWriter writer = new ClassWriter(0);
        JakartaNames names = new JakartaNames();
        reader.accept(new ClassRemapper(new TodaysClassFiles(writer), names), 0);
        Files.write(inside(target, names.map(reader.getClassName()) + ".class"), writer.toByteArray());
    }

    private static Path inside(Path target, String name) throws IOException {
        Path file = target.resolve(name).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("An entry leaves the target folder: " + name);
        }
        Files.createDirectories(file.getParent());
        return file;
    }

    /** Stapler reads parameter names with visitors of the ASM 5 protocol, which refuse classes made for Java 11 and later. */
    private static final class TodaysClassFiles extends ClassVisitor {
        TodaysClassFiles(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(int access, String name, String desc, String signature, String[] exceptions) {
            // The harness hands a request on to companions of an object; Stapler itself has no public way to try one.
            int opened = name.equals("tryInvoke") ? access | Opcodes.ACC_PUBLIC : access;
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(opened, name, desc, signature, exceptions)) {
                @Override
                public void visitLdcInsn(Object value) {
                    super.visitLdcInsn(Integer.valueOf(Opcodes.ASM5).equals(value) ? (Object) Opcodes.ASM9 : value);
                }
            };
        }
    }
}
