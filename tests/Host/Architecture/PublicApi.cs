using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Pellucid.Host.Tests.Architecture;

/// <summary>The public surface of an assembly as text, one line a type or member, in ordinal order.</summary>
internal static class PublicApi
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    public static string Of(Assembly assembly)
    {
        StringBuilder text = new();
        foreach (Type type in assembly.GetExportedTypes().OrderBy(t => t.FullName, StringComparer.Ordinal))
        {
            text.Append(Describe(type)).Append('\n');
            foreach (string member in Members(type).Order(StringComparer.Ordinal).Distinct(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }

        return text.ToString();
    }

    private static string Describe(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct"
            : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
            : type is { IsAbstract: true, IsSealed: true } ? "static class" : type.IsAbstract ? "abstract class" : type.IsSealed ? "sealed class" : "class";
        IEnumerable<string> bases = type.GetInterfaces()
            .Where(i => i.IsPublic && type.BaseType?.GetInterfaces().Contains(i) != true && !type.IsEnum && kind != "delegate").Select(Name).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && !type.IsEnum && kind != "delegate") bases = bases.Prepend(Name(parent));
        string list = string.Join(", ", bases);
        return $"{kind} {type.Namespace}.{Name(type)}{(list.Length > 0 ? " : " + list : string.Empty)}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            foreach (FieldInfo value in type.GetFields(BindingFlags.Public | BindingFlags.Static))
                yield return $"{value.Name} = {Convert.ToString(value.GetRawConstantValue(), CultureInfo.InvariantCulture)}";
            yield break;
        }

        foreach (FieldInfo field in type.GetFields(Declared).Where(f => f.IsPublic || f.IsFamily))
            yield return $"{(field.IsLiteral ? "const " : field.IsStatic ? "static " : string.Empty)}{Name(field.FieldType)} {field.Name}"
                + (field.IsLiteral ? $" = {Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)}" : string.Empty);
        foreach (PropertyInfo property in type.GetProperties(Declared))
        {
            string accessors = string.Concat(property.GetAccessors(nonPublic: true).Where(IsVisible).Select(a => a.Name.StartsWith("get_", StringComparison.Ordinal) ? "get; "
                : a.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "));
            if (accessors.Length == 0) continue;
            string index = string.Join(", ", property.GetIndexParameters().Select(Parameter));
            string required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : string.Empty;
            string shared = property.GetAccessors(nonPublic: true)[0].IsStatic ? "static " : string.Empty;
            yield return $"{shared}{required}{Name(property.PropertyType)} {property.Name}{(index.Length > 0 ? $"[{index}]" : string.Empty)} {{ {accessors}}}";
        }

        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(IsVisible))
            yield return $".ctor({string.Join(", ", constructor.GetParameters().Select(Parameter))})";
        foreach (MethodInfo method in type.GetMethods(Declared)
            .Where(m => IsVisible(m) && !m.IsDefined(typeof(CompilerGeneratedAttribute)) && (!m.IsSpecialName || m.Name.StartsWith("op_", StringComparison.Ordinal))))
        {
            string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : string.Empty;
            yield return $"{(method.IsStatic ? "static " : string.Empty)}{Name(method.ReturnType)} {method.Name}{generic}({string.Join(", ", method.GetParameters().Select(Parameter))})";
        }
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Parameter(ParameterInfo parameter) => $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? " = " + Default(parameter) : string.Empty)}";

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => "default",
        string text => $"\"{text}\"",
        object value => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Name(Type type)
    {
        if (type.IsByRef) return "ref " + Name(type.GetElementType()!);
        if (type.IsArray) return $"{Name(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1)}]";
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        if (!type.IsGenericType) return name;
        return $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
