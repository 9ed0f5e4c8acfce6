package dev.havenkeep.web;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jackson.autoconfigure.JsonMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.AnnotationIntrospector;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.AnnotatedParameter;
import tools.jackson.databind.introspect.NopAnnotationIntrospector;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/**
 * How the API reads and writes JSON. Bodies are read strictly: unknown and repeated members are refused, no scalar is
 * taken for one of another kind, and a record's component that is not {@code @Nullable} must be there.
 */
@Configuration(proxyBeanMethods = false)
class WebJson implements WebMvcConfigurer {

    private final JsonMapper json;

    WebJson(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder builder) {
        builder.withJsonConverter(new JacksonJsonHttpMessageConverter(strict(json)));
    }

    static JsonMapper strict(JsonMapper json) {
        JsonMapper.Builder builder = StrictScalars.of(json.rebuild())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS);
        AnnotationIntrospector standard = builder.annotationIntrospector();
        return builder.annotationIntrospector(AnnotationIntrospector.pair(new RequiredMembers(), standard))
                .build();
    }

    /** Instants in JSON and in JSON columns: RFC 3339, UTC, always with milliseconds. */
    @Configuration(proxyBeanMethods = false)
    static class Instants {

        @Bean
        JsonMapperBuilderCustomizer instantsWithMilliseconds() {
            return builder -> builder.addModule(
                    new SimpleModule("havenkeep").addSerializer(Instant.class, new InstantSerializer()));
        }
    }

    private static final class InstantSerializer extends ValueSerializer<Instant> {

        private static final DateTimeFormatter FORMAT =
                DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

        @Override
        public void serialize(Instant value, JsonGenerator generator, SerializationContext context) {
            generator.writeString(FORMAT.format(value));
        }
    }

    /** Takes a record's nullness for whether a member must be there, so that it is said once. */
    private static final class RequiredMembers extends NopAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        @Override
        public @Nullable Boolean hasRequiredMarker(MapperConfig<?> config, AnnotatedMember member) {
            RecordComponent component = componentOf(member);
            return component == null ? null : isRequired(component);
        }

        @Override
        public JsonSetter.@Nullable Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            RecordComponent component = componentOf(annotated);
            return component == null || !isRequired(component) ? null : JsonSetter.Value.forValueNulls(Nulls.FAIL);
        }

        private static boolean isRequired(RecordComponent component) {
            return component.getType() != Patch.class
                    && !component.getAnnotatedType().isAnnotationPresent(Nullable.class);
        }

        private static @Nullable RecordComponent componentOf(Annotated annotated) {
            if (annotated instanceof AnnotatedParameter parameter
                    && parameter.getOwner().getAnnotated() instanceof Constructor<?> constructor
                    && constructor.getDeclaringClass().isRecord()
                    && constructor.getDeclaringClass().getName().startsWith("dev.havenkeep.")) {
                RecordComponent[] components = constructor.getDeclaringClass().getRecordComponents();
                return components.length == constructor.getParameterCount() ? components[parameter.getIndex()] : null;
            }
            return null;
        }
    }
}
