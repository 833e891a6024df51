/**
 * Passwords of eight characters and more that everybody tries first, in lower case: the frequent ones of public lists
 * of broken accounts, in short. Shorter ones are refused by their length, plain patterns by `isOnePattern`.
 */
export const WELL_KNOWN_PASSWORDS: ReadonlySet<string> = new Set(
  `
password password1 password12 password123 password1234 password1! password! password01 passw0rd passw0rd1 p@ssword p@ssw0rd p@ssword1
pa$$word pa$$w0rd passwort passwort1 passw0rt motdepasse contraseña contrasena mypassword mypassword1 newpassword nopassword
12345678 123456789 1234567890 12345678910 123456789a 12345678a 1234567a 123456aa 123456ab a12345678 a123456789 a1234567 aa123456
aa12345678 abc12345 abc123456 abcd1234 abcd12345 abcde123 abcdefgh abcdefg1 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y q1w2e3r4 q1w2e3r4t5
1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1zaq1 zaq1xsw2 qazwsxedc qazwsx123 1qaz1qaz !qaz2wsx qwer1234 qwer12345 qwert123 qwert1234
qwerty12 qwerty123 qwerty1234 qwerty12345 qwerty123456 qwertyui qwertyuiop qwertyu1 qwerty1! qwertz123 azertyuiop azerty123 asdfghjk
asdfghjkl asdf1234 asdfasdf asdqwe123 qweasd123 qweasdzxc qwe123456 123qweasd 123qwe123 zxcvbnm1 zxcvbnm123 zxcvbnmm
11223344 1122334455 12341234 123123123 12344321 123321123 1234qwer 12qwaszx 123abc123 147258369 159357456 159753456 741852963 789456123
987654321 9876543210 87654321 88888888 66666666 55555555 11111111 00000000 10203040 1029384756 10101010 01234567 0123456789 0987654321
13579246 24681357 31415926 314159265 20202020 19841984 11112222 22223333 12121212 52013145 5201314520 woaini520 woaini1314 woaini123
5201314a woaini5201314 aini1314 iloveyou iloveyou1 iloveyou2 iloveyou! iloveyou123 iloveu123 ilovegod ilovejesus loveyou1 lovelove
loveme123 forever1 sunshine sunshine1 princess princess1 princess123 football football1 football123 baseball baseball1 basketball
basketball1 softball volleyball hockey123 superman superman1 superman123 batman123 spiderman spiderman1 starwars starwars1 pokemon1
pokemon123 minecraft minecraft1 fortnite fortnite1 roblox123 nintendo playstation xbox3600 warcraft counterstrike letmein1 letmein123
letmein! welcome1 welcome12 welcome123 welcome! welcome01 welcome2020 welcome2021 welcome2022 welcome2023 welcome2024 welcome2025
admin123 admin1234 admin12345 administrator adminadmin admin@123 admin888 root1234 rootroot toor1234 test1234 test12345 testtest
testing1 testing123 testpass tester123 guest123 user1234 username changeme changeme1 changeme123 default1 defaultpassword temp1234
temporary secret123 secret12 topsecret trustno1 trustno12 whatever whatever1 computer computer1 internet internet1 samsung1 samsung123
google123 facebook facebook1 linkedin linkedin1 microsoft windows1 windows10 apple123 iphone123 android1 michael1 michelle michelle1
jennifer jennifer1 jordan23 jordan123 jessica1 charlie1 charlie123 daniel123 andrew123 anthony1 matthew1 nicholas benjamin alexander
alexandra samantha samantha1 stephanie victoria veronica christian elizabeth jonathan jasmine1 ashley12 ashley123 brandon1 melissa1
monkey12 monkey123 dragon12 dragon123 master12 master123 shadow12 shadow123 killer123 tigger123 buster123 hunter12 hunter123 soccer12
soccer123 cheese123 chocolate chocolate1 butterfly butterfly1 cookie123 flower123 summer12 summer123 summer2023 summer2024 summer2025
winter123 winter2023 winter2024 winter2025 spring2024 spring2025 autumn2024 autumn2025 monday123 january1 december november september
liverpool liverpool1 chelsea1 chelsea123 arsenal1 arsenal123 barcelona barcelona1 realmadrid manchester manutd123 juventus1 mustang1
corvette mercedes ferrari1 porsche911 motorola harley123 metallica metallica1 slipknot1 nirvana1 blink182 greenday1 eminem123
babygirl babygirl1 babyboy1 sweetheart sweetie1 angel123 angels123 beautiful beautiful1 gorgeous precious precious1 hellokitty hello123
hello1234 hellohello helloworld goodluck goodbye1 thankyou thankyou1 blessed1 jesus123 jesuschrist godisgood christ123 heaven123
freedom1 freedom123 america1 america123 canada123 australia england1 deutschland berlin123 london123 newyork1 newyork123 california
chicago1 florida1 texas123 dallas123 hollywood diamond1 diamonds silver123 golden123 purple123 orange123 yellow123 rainbow1 midnight
midnight1 moonlight sunflower strawberry blueberry cherry123 banana123 peanut123 pumpkin1 cupcake1 mickey123 scooby123 snoopy123 tinkerbell
creative marketing business business1 company1 company123 office123 service1 support1 support123 manager1 student1 student123 teacher1
school123 college1 security security1 access14 access123 login123 loginlogin password2 password3 password99 password2023 password2024
password2025 p4ssword p4ssw0rd passpass pass1234 pass12345 passphrase 1234pass 12345pass 123password 1password correcthorsebatterystaple
shopping shopping1 customer customer1 gomall123 gomallgomall mall1234 merchant
`
    .trim()
    .split(/\s+/),
);
