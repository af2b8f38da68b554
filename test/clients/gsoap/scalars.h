// For soapcpp2, after what wsdl2h makes: classes for the built-in types that a value of any type may have and
// that the schemas do not name. Without its class, gSOAP reads such a value as bare text and sends it untyped.
typedef double xsd__double;
class xsd__double_ : public xsd__anyType
{ public:
    xsd__double __item;
};
typedef std::string xsd__duration;
class xsd__duration_ : public xsd__anyType
{ public:
    xsd__duration __item;
};
