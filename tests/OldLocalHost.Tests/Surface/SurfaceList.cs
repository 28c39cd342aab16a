using System.Globalization;
using System.Reflection;
using System.Text;

namespace Darkroom.LocalHost.Tests.Surface;

/// <summary>
/// Every public member of the types that stand in for the real packages' ones, a line each, in metadata form: what a machine needs to
/// compare them with the real assemblies.
/// </summary>
internal static class SurfaceList
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    private static readonly NullabilityInfoContext Nullability = new();

    public static string Write(Assembly assembly)
    {
        var list = new StringBuilder();
        foreach (var type in assembly.GetTypes().Where(IsMirrored).OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            list.Append("type ").Append(NameOf(type)).Append(" : ").AppendJoin(", ", Kinds(type)).Append('\n');
            if (type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage)
                list.Append(CultureInfo.InvariantCulture, $"  usage {usage.ValidOn}, multiple {usage.AllowMultiple}, inherited {usage.Inherited}\n");
            foreach (var line in type.GetMembers(Declared).Select(Describe).OfType<string>().Order(StringComparer.Ordinal))
                list.Append("  ").Append(line).Append('\n');
        }

        return list.ToString();
    }

    private static bool IsMirrored(Type type) =>
        type.IsVisible && (type.Namespace?.StartsWith("Microsoft.", StringComparison.Ordinal) == true || type.Namespace?.StartsWith("DurableTask.", StringComparison.Ordinal) == true);

    private static IEnumerable<string> Kinds(Type type)
    {
        yield return type switch
        {
            { IsInterface: true } => "interface",
            { IsEnum: true } => "enum",
            { IsValueType: true } => "struct",
            _ when type.IsSubclassOf(typeof(Delegate)) => "delegate",
            { IsAbstract: true, IsSealed: true } => "static class",
            { IsAbstract: true } => "abstract class",
            { IsSealed: true } => "sealed class",
            _ => "class",
        };
        if (type.BaseType is { } baseType && baseType != typeof(object) && baseType != typeof(ValueType) && baseType != typeof(Enum))
            yield return NameOf(baseType);
        foreach (var implemented in type.GetInterfaces().Where(one => one.IsVisible).Select(NameOf).Order(StringComparer.Ordinal))
            yield return implemented;
    }

    private static string? Describe(MemberInfo member) => member switch
    {
        ConstructorInfo { IsStatic: false } constructor when IsSeen(constructor) => $"{Access(constructor)} .ctor({Parameters(constructor)})",
        MethodInfo method when IsSeen(method) && !IsAccessor(method) && !method.Name.Contains('<', StringComparison.Ordinal) =>
            $"{Access(method)}{Dispatch(method)} {Returned(method)} {method.Name}{Generics(method)}({Parameters(method)})",
        PropertyInfo property when property.GetAccessors(nonPublic: true).Any(IsSeen) => Property(property),
        FieldInfo field when field.IsPublic || field.IsFamily => $"{(field.IsPublic ? "public" : "protected")}{(field.IsStatic ? " static" : "")} {NameOf(field.FieldType)} {field.Name}{Constant(field)}",
        _ => null,
    };

    private static string Property(PropertyInfo property)
    {
        var accessors = property.GetAccessors(nonPublic: true).Where(IsSeen).Select(accessor =>
            $"{Access(accessor)}{Dispatch(accessor)} {(accessor.ReturnType == typeof(void) ? IsInit(accessor) ? "init" : "set" : "get")}");
        var nullability = Nullability.Create(property);
        return $"{NameOf(property.PropertyType)}{Mark(nullability.ReadState)} {property.Name} {{ {string.Join("; ", accessors)} }}";
    }

    private static bool IsInit(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit");

    private static bool IsAccessor(MethodInfo method) => method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal);

    private static bool IsSeen(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Access(MethodBase method) => method.IsPublic ? "public" : "protected";

    private static string Dispatch(MethodInfo method) => method switch
    {
        { IsStatic: true } => " static",
        { IsAbstract: true } => " abstract",
        { IsVirtual: true, IsFinal: false } when method.GetBaseDefinition() == method => " virtual",
        { IsVirtual: true, IsFinal: false } => " override",
        _ => "",
    };

    private static string Returned(MethodInfo method) => NameOf(method.ReturnType) + Mark(Nullability.Create(method.ReturnParameter).ReadState);

    private static string Generics(MethodInfo method) => method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var isParams = parameter.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "params " : "";
        var value = !parameter.HasDefaultValue ? "" : parameter.DefaultValue is null ? " = default" : string.Create(CultureInfo.InvariantCulture, $" = {parameter.DefaultValue}");
        return $"{isParams}{NameOf(parameter.ParameterType)}{Mark(Nullability.Create(parameter).WriteState)} {parameter.Name}{value}";
    }

    private static string Constant(FieldInfo field) => field.IsLiteral ? string.Create(CultureInfo.InvariantCulture, $" = {field.GetRawConstantValue()}") : "";

    private static string Mark(NullabilityState state) => state == NullabilityState.Nullable ? "?" : "";

    private static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return NameOf(underlying);
        if (type.IsArray)
            return NameOf(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter)
            return type.Name;
        var name = (type.DeclaringType is { } outer ? NameOf(outer) + "." : type.Namespace + ".") + type.Name.Split('`')[0];
        return type.IsGenericType ? $"{name}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>" : name;
    }
}
