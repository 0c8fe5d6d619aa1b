namespace Pellucid.Graphs.Onnx.Canonical.Folding;

/// <summary>Elementwise operators on known numbers.</summary>
internal static class ArithmeticFolds
{
    public static IEnumerable<KeyValuePair<string, Func<FoldContext, Numbers>>> All
    {
        get
        {
            yield return new("Add", c => Binary(c, (a, b) => a + b, (a, b) => a + b));
            yield return new("Sub", c => Binary(c, (a, b) => a - b, (a, b) => a - b));
            yield return new("Mul", c => Binary(c, (a, b) => a * b, (a, b) => a * b));
            yield return new("Div", c => Binary(c, (a, b) => a / b, (a, b) => a / b));
            yield return new("Pow", c => Binary(c, Math.Pow, (a, b) => (long)Math.Pow(a, b)));
            yield return new("Mod", c => c.Attributes.Int("fmod", 0) != 0
                ? Binary(c, Math.IEEERemainder, (a, b) => a % b)
                : Binary(c, (a, b) => a - (b * Math.Floor(a / b)), (a, b) => ((a % b) + b) % b));
            yield return new("Min", c => Binary(c, Math.Min, Math.Min));
            yield return new("Max", c => Binary(c, Math.Max, Math.Max));
            yield return new("And", c => Binary(c, (a, b) => a * b, (a, b) => a & b));
            yield return new("Or", c => Binary(c, Math.Max, (a, b) => a | b));
            yield return new("Equal", c => Compare(c, (a, b) => a == b, (a, b) => a == b));
            yield return new("Less", c => Compare(c, (a, b) => a < b, (a, b) => a < b));
            yield return new("LessOrEqual", c => Compare(c, (a, b) => a <= b, (a, b) => a <= b));
            yield return new("Greater", c => Compare(c, (a, b) => a > b, (a, b) => a > b));
            yield return new("GreaterOrEqual", c => Compare(c, (a, b) => a >= b, (a, b) => a >= b));
            yield return new("Neg", c => Unary(c, a => -a, a => -a));
            yield return new("Abs", c => Unary(c, Math.Abs, Math.Abs));
            yield return new("Sign", c => Unary(c, a => Math.Sign(a), a => Math.Sign(a)));
            yield return new("Not", c => Unary(c, a => 1 - a, a => 1 - a));
            yield return new("Sqrt", c => Unary(c, Math.Sqrt, null));
            yield return new("Reciprocal", c => Unary(c, a => 1 / a, null));
            yield return new("Exp", c => Unary(c, Math.Exp, null));
            yield return new("Log", c => Unary(c, Math.Log, null));
            yield return new("Floor", c => Unary(c, Math.Floor, a => a));
            yield return new("Ceil", c => Unary(c, Math.Ceiling, a => a));
            yield return new("Round", c => Unary(c, a => Math.Round(a, MidpointRounding.ToEven), a => a));
            yield return new("Cast", Cast);
            yield return new("Where", Where);
        }
    }

    private static Numbers Unary(FoldContext c, Func<double, double> floats, Func<long, long>? integers)
    {
        Numbers x = c[0];
        return x.IsFloat
            ? Numbers.Of(x.Element, x.Shape, Array.ConvertAll(x.Floats, v => floats(v)))
            : Numbers.Of(x.Element, x.Shape, Array.ConvertAll(x.Integers, v => (integers ?? throw new ArgumentException("integers have no such operator"))(v)));
    }

    private static Numbers Binary(FoldContext c, Func<double, double, double> floats, Func<long, long, long> integers)
    {
        Numbers result = c[0];
        for (int i = 1; i < c.InputCount; i++) result = Combine(result, c[i], i == c.InputCount - 1 ? c.Shape : null, floats, integers);
        return result;
    }

    private static Numbers Combine(Numbers a, Numbers b, long[]? shape, Func<double, double, double> floats, Func<long, long, long> integers)
    {
        shape ??= Inference.Broadcasting.Combine(new TensorShape(a.Shape), new TensorShape(b.Shape))?.ToArray() ?? throw new ArgumentException("the shapes do not broadcast");
        int count = Numbers.Count(shape);
        if (a.IsFloat)
        {
            double[] x = a.Floats, y = b.Floats, r = new double[count];
            for (int i = 0; i < count; i++) r[i] = floats(x[Indexing.Broadcast(i, shape, a.Shape)], y[Indexing.Broadcast(i, shape, b.Shape)]);
            return Numbers.Of(a.Element, shape, r);
        }

        long[] p = a.Integers, q = b.Integers, s = new long[count];
        for (int i = 0; i < count; i++) s[i] = integers(p[Indexing.Broadcast(i, shape, a.Shape)], q[Indexing.Broadcast(i, shape, b.Shape)]);
        return Numbers.Of(a.Element, shape, s);
    }

    private static Numbers Compare(FoldContext c, Func<double, double, bool> floats, Func<long, long, bool> integers)
    {
        Numbers a = c[0], b = c[1];
        long[] shape = c.Shape, result = new long[Numbers.Count(shape)];
        double[] x = a.Floats, y = b.Floats;
        long[] p = a.Integers, q = b.Integers;
        for (int i = 0; i < result.Length; i++)
        {
            int left = Indexing.Broadcast(i, shape, a.Shape), right = Indexing.Broadcast(i, shape, b.Shape);
            result[i] = (a.IsFloat ? floats(x[left], y[right]) : integers(p[left], q[right])) ? 1 : 0;
        }

        return Numbers.Of(ElementType.Bool, shape, result);
    }

    private static Numbers Cast(FoldContext c)
    {
        ElementType to = c.Output.Element;
        return to.IsFloatingPoint()
            ? Numbers.Of(to, c[0].Shape, (double[])c[0].Floats.Clone())
            : Numbers.Of(to, c[0].Shape, to == ElementType.Bool && c[0].IsFloat ? Array.ConvertAll(c[0].Floats, v => v != 0 ? 1L : 0L) : (long[])c[0].Integers.Clone());
    }

    private static Numbers Where(FoldContext c)
    {
        Numbers condition = c[0], a = c[1], b = c[2];
        if (a.IsFloat != b.IsFloat) throw new ArgumentException("the two branches have different element types");
        long[] shape = c.Shape, choose = condition.Integers;
        return Numbers.Pick(a.Element, shape, Numbers.Count(shape), i =>
        {
            Numbers from = choose[Indexing.Broadcast(i, shape, condition.Shape)] != 0 ? a : b;
            return (from, Indexing.Broadcast(i, shape, from.Shape));
        }, a.IsFloat);
    }
}
